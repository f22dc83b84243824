import * as z from 'zod/mini';
import * as contract from '#http/contract';
import * as directory from '#http/directory';
import * as settings from '#http/settings';

/** What a route says of itself, beside what it takes and answers. */
interface Described {
  readonly summary: string;
  readonly body?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  readonly answer?: z.ZodMiniType;
  readonly status: number;
  readonly security: 'apiKey' | 'operatorKey' | 'none';
}

const described: Record<string, Described> = {
  'POST /webhooks/{transport}/{channelId}': {
    summary: 'Where a messenger says what clients wrote; verified by the messenger’s own secret',
    status: 200,
    security: 'none',
  },
  'POST /v3/message': {
    summary: 'Reply to a client, or write first',
    body: contract.newMessage,
    answer: contract.newMessageAnswer,
    status: 201,
    security: 'apiKey',
  },
  'GET /v3/channels': {
    summary: 'The connected channels',
    answer: contract.channelList,
    status: 200,
    security: 'apiKey',
  },
  'GET /v3/users': {
    summary: 'The users of the CRM, by name',
    answer: directory.userList,
    status: 200,
    security: 'apiKey',
  },
  'POST /v3/users': {
    summary: 'Push users, at most 100; each takes the place of the one with its id',
    body: z.array(directory.user),
    status: 200,
    security: 'apiKey',
  },
  'GET /v3/users/{id}': { summary: 'One user', answer: directory.userAnswer, status: 200, security: 'apiKey' },
  'DELETE /v3/users/{id}': {
    summary: 'Delete a user, whose roles rest until they are pushed again',
    status: 200,
    security: 'apiKey',
  },
  'PATCH /v3/users/bulk_delete': {
    summary: 'Delete users; the ids that nobody had come back',
    body: z.array(directory.someId),
    answer: directory.unknownIds,
    status: 200,
    security: 'apiKey',
  },
  'GET /v3/contacts': {
    summary: 'The contacts of the CRM, 100 at a time, by their ids',
    query: directory.pageQuery,
    answer: directory.contactList,
    status: 200,
    security: 'apiKey',
  },
  'POST /v3/contacts': {
    summary: 'Push contacts, at most 100; their chats follow before the answer',
    body: z.array(directory.contact),
    status: 200,
    security: 'apiKey',
  },
  'GET /v3/contacts/{id}': { summary: 'One contact', answer: directory.contactAnswer, status: 200, security: 'apiKey' },
  'DELETE /v3/contacts/{id}': { summary: 'Delete a contact; the chats stay', status: 200, security: 'apiKey' },
  'PATCH /v3/contacts/bulk_delete': {
    summary: 'Delete contacts; the ids that were unknown come back',
    body: z.array(directory.someId),
    answer: directory.unknownIds,
    status: 200,
    security: 'apiKey',
  },
  'GET /v3/deals': {
    summary: 'The deals of the CRM, 100 at a time, by their ids',
    query: directory.pageQuery,
    answer: directory.dealList,
    status: 200,
    security: 'apiKey',
  },
  'POST /v3/deals': {
    summary: 'Push deals, at most 100; their chats follow before the answer',
    body: z.array(directory.deal),
    status: 200,
    security: 'apiKey',
  },
  'GET /v3/deals/{id}': { summary: 'One deal', answer: directory.dealAnswer, status: 200, security: 'apiKey' },
  'DELETE /v3/deals/{id}': { summary: 'Delete a deal', status: 200, security: 'apiKey' },
  'PATCH /v3/deals/bulk_delete': {
    summary: 'Delete deals; the ids that were unknown come back',
    body: z.array(directory.someId),
    answer: directory.unknownIds,
    status: 200,
    security: 'apiKey',
  },
  'GET /v3/pipelines': {
    summary: 'The pipelines of the CRM',
    answer: directory.pipelineList,
    status: 200,
    security: 'apiKey',
  },
  'POST /v3/pipelines': {
    summary: 'Load the pipelines of the CRM, instead of all that were there',
    body: z.array(directory.pipeline),
    status: 200,
    security: 'apiKey',
  },
  'POST /v1/accounts': {
    summary: 'Make an account; its key is shown this once',
    body: contract.newAccount,
    answer: contract.newAccountAnswer,
    status: 201,
    security: 'operatorKey',
  },
  'POST /v1/account/keys': {
    summary: 'Make another API key; it is shown this once',
    answer: contract.newKeyAnswer,
    status: 201,
    security: 'apiKey',
  },
  'DELETE /v1/account/keys/{keyId}': {
    summary: 'Revoke an API key within 10 seconds; not the last one',
    answer: contract.keyId,
    status: 200,
    security: 'apiKey',
  },
  'POST /v1/channels': {
    summary: 'Connect a messenger account',
    body: contract.newChannel,
    answer: contract.newChannelAnswer,
    status: 201,
    security: 'apiKey',
  },
  'PATCH /v1/channels/{channelId}': {
    summary: 'Rename a channel, give it new credentials, switch it off or on',
    body: contract.channelChange,
    answer: contract.channelChangeAnswer,
    status: 200,
    security: 'apiKey',
  },
  'DELETE /v1/channels/{channelId}': {
    summary: 'Disconnect a channel; its chats stay readable',
    answer: contract.channelId,
    status: 200,
    security: 'apiKey',
  },
  'GET /v3/unanswered/{id}': {
    summary: 'How many messages wait in the chats that a user sees',
    answer: contract.counter,
    status: 200,
    security: 'apiKey',
  },
  'GET /v1/settings': {
    summary: 'The settings of all channels, and the options of the account',
    answer: settings.allSettings,
    status: 200,
    security: 'apiKey',
  },
  'PATCH /v1/settings': {
    summary: 'Change the options for all channels',
    body: settings.newOptions,
    answer: settings.optionsAnswer,
    status: 200,
    security: 'apiKey',
  },
  'PUT /v1/settings/channels/{channelId}': {
    summary: 'Replace the settings of a channel: what happens to new clients, and who has which role',
    body: settings.newSettings,
    answer: settings.settings,
    status: 200,
    security: 'apiKey',
  },
  'GET /v1/chats': {
    summary: 'The chats, the longest waiting first, then the rest',
    query: contract.chatListQuery,
    answer: contract.chatList,
    status: 200,
    security: 'apiKey',
  },
  'GET /v1/chats/{channelId}/{chatType}/{chatId}': {
    summary: 'One chat',
    answer: contract.chat,
    status: 200,
    security: 'apiKey',
  },
  'GET /v1/chats/{channelId}/{chatType}/{chatId}/messages': {
    summary: 'The history of a chat, newest last',
    query: contract.messageListQuery,
    answer: contract.messageList,
    status: 200,
    security: 'apiKey',
  },
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/no-reply-needed': {
    summary: 'Say that no reply is needed to what was seen, or take that back',
    body: contract.noReplyNeeded,
    answer: contract.chat,
    status: 200,
    security: 'apiKey',
  },
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/responsible': {
    summary: 'Hand the client over to another user',
    body: contract.newResponsible,
    answer: contract.chat,
    status: 200,
    security: 'apiKey',
  },
  'GET /v1/assignments': {
    summary: 'Why users became responsible for clients, the newest first; for the CRM only',
    query: contract.assignmentListQuery,
    answer: contract.assignmentList,
    status: 200,
    security: 'apiKey',
  },
  'GET /v1/deliveries': {
    summary: 'What failed for good, or still waits to leave',
    query: contract.deliveryListQuery,
    answer: contract.deliveryList,
    status: 200,
    security: 'apiKey',
  },
  'POST /v1/deliveries/{deliveryId}/retry': { summary: 'Send it again, now', status: 202, security: 'apiKey' },
  'GET /healthz': { summary: 'Whether Konvert answers', status: 200, security: 'none' },
  'GET /openapi.json': { summary: 'This description', status: 200, security: 'none' },
  'GET /docs': { summary: 'This description, to read', status: 200, security: 'none' },
};

/** A description of the API for machines. */
export type OpenApi = ReturnType<typeof openApi>;

/** The OpenAPI 3.1 description of the routes that `described` names, from the schemas that handlers read with. */
export function openApi() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [route, description] of Object.entries(described)) {
    const [method = '', path = ''] = route.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(path, description) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Konvert', version: '1', description: 'Unanswered chats; compatible with the Wazzup API v3.' },
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' }, operatorKey: { type: 'http', scheme: 'bearer' } },
    },
    paths,
  };
}

function operation(path: string, { summary, body, query, answer, status, security }: Described) {
  return {
    summary,
    security: security === 'none' ? [] : [{ [security]: [] }],
    parameters: [...pathParameters(path), ...(query ? queryParameters(query) : [])],
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } },
    }),
    responses: {
      [status]: {
        description: 'Done',
        ...(answer && { content: { 'application/json': { schema: schemaOf(answer, 'output') } } }),
      },
      default: {
        description: 'An error, with its code and what to do',
        content: { 'application/json': { schema: schemaOf(contract.errorAnswer, 'output') } },
      },
    },
  };
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodMiniType) {
  const { properties = {} } = schemaOf(query, 'input') as { properties?: Record<string, unknown> };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
}

function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
