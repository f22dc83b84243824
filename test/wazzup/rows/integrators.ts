import { expect } from 'vitest';
import { ANNA, DOORS, IVAN, many, OLGA, SALES, settings } from '../entities.ts';
import { receiverAnswers } from '../event-steps.ts';
import type { Answer, Playing } from '../playing.ts';
import { message, type Row, type Step } from '../row.ts';
import { clientWrites, eventually } from '../steps.ts';

// Whole days of programs that exist, each as strict as the public code of such a client is (reference, sections 1.5 and 18).

// biome-ignore lint/suspicious/noExplicitAny: clients look into any answer
type Any = any;

/** How a client asks: it throws on whatever it cannot bear. */
type Ask = (method: string, path: string, body?: unknown) => Promise<Any>;

/** A PHP SDK: a slash behind each path, a JSON body in every request, and fields that are read without a check. */
const phpClient =
  (playing: Playing): Ask =>
  async (method, path, body = []) => {
    const answer = await playing.call({ ask: `${method} /v3/${path}`, body });
    if (answer.status >= 400) throw new Error(read(answer.body, 'description'));
    return parsed(answer);
  };

/** A workflow's node: a 2xx with an `error` in its body has failed, and so has one that is no JSON. */
const nodeClient =
  (playing: Playing): Ask =>
  async (method, path, body) => {
    const answer = await playing.call({ ask: `${method} /v3/${path}`, ...(body !== undefined && { body }) });
    const given = parsed(answer);
    if (answer.status >= 400 || given.error) throw new Error(`${answer.status} ${answer.text}`);
    return given;
  };

function parsed({ text }: Answer): Any {
  return JSON.parse(text);
}

/** As PHP reads a key: one that is not there is an error. */
function read(object: Any, key: string): Any {
  if (!(key in object)) throw new Error(`Undefined index: ${key} in ${JSON.stringify(object)}`);
  return object[key];
}

function readText(object: Any, key: string): string {
  const value = read(object, key);
  if (typeof value !== 'string') throw new TypeError(`${key} is no string in ${JSON.stringify(object)}`);
  return value;
}

function readContact(contact: Any): void {
  for (const key of ['id', 'name', 'responsibleUserId']) readText(contact, key);
  for (const address of read(contact, 'contactData')) {
    for (const key of ['chatType', 'chatId']) readText(address, key);
    for (const key of ['username', 'phone']) read(address, key);
  }
}

function readDeal(deal: Any): void {
  for (const key of ['id', 'name', 'responsibleUserId', 'uri']) readText(deal, key);
  expect(read(deal, 'closed')).toBeTypeOf('boolean');
}

/** A day of the SDK's CRM. */
const phpDay: Step = async (playing) => {
  const ask = phpClient(playing);
  await ask('POST', 'users/', [OLGA, IVAN]);
  const users = await ask('GET', 'users/');
  for (const user of users) for (const key of ['id', 'name']) readText(user, key);
  expect(users).toHaveLength(2);
  readText(await ask('GET', 'users/17/'), 'name');

  await ask('POST', 'pipelines/', [SALES]);
  for (const pipeline of await ask('GET', 'pipelines/')) expect(read(pipeline, 'stages')).toBeInstanceOf(Array);

  const username = { chatType: 'telegram', username: 'boris' };
  await ask('POST', 'contacts/', [ANNA, { ...ANNA, id: 'c-2', contactData: [username] }]);
  const contacts = await ask('GET', 'contacts/');
  expect(read(contacts, 'count')).toBe(2);
  for (const contact of read(contacts, 'data')) readContact(contact);
  readContact(await ask('GET', 'contacts/c-2/'));

  await ask('POST', 'deals/', [DOORS, { ...DOORS, id: 'd-2', uri: null }]);
  for (const deal of read(await ask('GET', 'deals/'), 'data')) readDeal(deal);

  const subscriptions = { messagesAndStatuses: true, contactsAndDealsCreation: false };
  await ask('PATCH', 'webhooks/', { webhooksUri: '{hook}', subscriptions });
  expect(readText(await ask('GET', 'webhooks/'), 'webhooksUri')).toBe(await playing.named('hook'));

  const frame = await ask('POST', 'iframe/', { user: { id: '17', name: 'Olga' }, scope: 'global' });
  expect(readText(frame, 'url')).toMatch(/^https:/);

  await clientWrites('hello')(playing);
  const sent = await ask('POST', 'message/', message({ text: 'Good day', crmUserId: '99', buttonsObject: [] }));
  const messageId = readText(sent, 'messageId');
  await hears(playing, messageId, 'sent');

  expect(await ask('PATCH', 'deals/bulk_delete/', ['d-1', 'd-2'])).toEqual([]);
  expect(await ask('PATCH', 'contacts/bulk_delete/', ['c-1', 'c-2'])).toEqual([]);
  await ask('DELETE', 'users/18/');
  expect(await ask('PATCH', 'users/bulk_delete/', ['17', '18'])).toEqual(['18']);
};

/** Reads events as a receiver with switches in PHP does: the inbound message, then the reply with its status. */
async function hears(playing: Playing, messageId: string, status: string): Promise<void> {
  await eventually(async () => {
    const messages = playing.events().flatMap((event) => event.messages ?? []);
    const statuses = playing.events().flatMap((event) => event.statuses ?? []);
    for (const one of messages) {
      for (const key of ['messageId', 'channelId', 'chatType', 'chatId', 'dateTime', 'type', 'status'])
        readText(one, key);
      expect(read(one, 'isEcho')).toBeTypeOf('boolean');
      read(one, 'contact');
      expect(JSON.stringify(one)).not.toContain('null');
    }
    expect(messages.map(({ isEcho }) => isEcho)).toEqual([false, true]);
    expect(statuses).toContainEqual(expect.objectContaining({ messageId, status }));
  });
}

/** A node that puts its own address in the place of another, and puts that one back. */
const nodeDay: Step = async (playing) => {
  const ask = nodeClient(playing);
  const subscriptions = { messagesAndStatuses: true, contactsAndDealsCreation: true };
  await ask('PATCH', 'webhooks', { webhooksUri: '{hook}?of=another', subscriptions });

  const previous = await ask('GET', 'webhooks');
  await ask('PATCH', 'webhooks', { webhooksUri: '{hook}?token=mine', subscriptions: { messagesAndStatuses: true } });
  const mine = await ask('GET', 'webhooks');
  expect(mine.webhooksUri).toMatch(/token=mine$/);
  const on = Object.entries(mine.subscriptions).flatMap(([name, isOn]) => (isOn === true ? [name] : []));
  expect(on).toEqual(['messagesAndStatuses']);

  await ask('PATCH', 'webhooks', { webhooksUri: previous.webhooksUri, subscriptions: previous.subscriptions });
  expect(await ask('GET', 'webhooks')).toEqual(previous);

  await receiverAnswers(500)(playing);
  const off = Object.fromEntries(Object.keys(previous.subscriptions).map((name) => [name, false]));
  await ask('PATCH', 'webhooks', { webhooksUri: previous.webhooksUri, subscriptions: off });

  await ask('POST', 'contacts', many(100, ANNA));
  await ask('POST', 'contacts', many(50, ANNA, 100));
  const rows: Any[] = [];
  for (let offset = 0; ; offset += 100) {
    const { count, data } = await ask('GET', `contacts?offset=${offset}`);
    rows.push(...data);
    if (data.length < 100 || rows.length >= count) break;
  }
  expect(new Set(rows.map(({ id }) => id)).size).toBe(150);
};

/** A sync that reads why each of its requests was refused, and never checks that there is a reason. */
const wrongDay: Step = async (playing) => {
  const ask = phpClient(playing);
  const wrong: readonly (readonly [method: string, path: string, body?: unknown])[] = [
    ['POST', 'users/', []],
    ['POST', 'users/', [{ id: '1' }]],
    ['POST', 'users/', many(101, OLGA)],
    ['GET', 'users/none/'],
    ['DELETE', 'users/none/'],
    ['POST', 'contacts/', [{}]],
    ['GET', 'contacts/none/'],
    ['DELETE', 'contacts/none/'],
    ['POST', 'deals/', {}],
    ['GET', 'deals/none/'],
    ['POST', 'pipelines/', [{ ...SALES, stages: [] }]],
    ['POST', 'iframe/', { user: { id: 'none' }, scope: 'global' }],
    ['PATCH', 'webhooks/', { webhooksUri: 'none' }],
    ['PATCH', 'webhooks/', { webhooksUri: 'http://127.0.0.1:1/hook' }],
    ['POST', 'message/', {}],
    ['POST', 'message/', message({ text: '' })],
    ['PATCH', 'message/none/', { text: 'x' }],
    ['GET', 'unanswered/none/'],
    ['GET', 'chats/'],
    ['GET', 'messages/'],
  ];
  for (const [method, path, body] of wrong) {
    const why = await ask(method, path, body).then(
      () => 'nothing was wrong',
      (error: Error) => error.message,
    );
    expect([path, why]).toEqual([path, expect.stringMatching(/^(?!Undefined|nothing|Unexpected|.* is no string).{5}/)]);
  }
};

/** A CRM that makes what it is asked for, and answers with it. */
const makingDay: Step = async (playing) => {
  const ask = nodeClient(playing);
  await ask('POST', 'users', [OLGA]);
  await ask('POST', 'pipelines', [SALES]);
  const { ask: put, body } = settings(
    { 17: 'seller with switch' },
    { mode: 'round-robin', pipelineId: '1', stageId: '10' },
  );
  expect((await playing.call({ ask: put, body })).status).toBe(200);
  await ask('PATCH', 'webhooks', {
    webhooksUri: '{hook}',
    subscriptions: { messagesAndStatuses: true, contactsAndDealsCreation: true },
  });
  await receiverAnswers(200, {}, { ...ANNA, id: 'made', contacts: ['made'], closed: false, uri: '' })(playing);

  await clientWrites('I am new')(playing);

  await eventually(async () => {
    expect(await ask('GET', 'contacts/made')).toMatchObject({
      responsibleUserId: '17',
      contactData: [{ chatId: '501' }],
    });
    expect(await ask('GET', 'deals/made')).toMatchObject({ contacts: ['made'], closed: false });
    expect(await ask('GET', 'unanswered/17')).toMatchObject({ counterV2: 1, type: 'red' });
  });
};

/** Section 18, in whole days. */
export const rows: readonly Row[] = [
  day('a CRM with a PHP SDK pushes, registers, shows, sends, hears and deletes', phpDay, [
    'trailing slash',
    'body on GET and DELETE',
    'username and phone',
    'count and data',
  ]),
  day('a node of a workflow takes the address of events, and gives it back', nodeDay, ['arrays', 'count and data']),
  day('a sync reads the description of every refusal', wrongDay, ['description']),
  day('a CRM makes contact and deal of a new client', makingDay, ['unknown fields']),
];

function day(says: string, step: Step, of: readonly string[]): Row {
  return { section: '18', of, says, given: [step], call: 'GET /v3/channels', expect: { status: 200 } };
}
