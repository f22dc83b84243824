import type { Command } from 'commander';
import { type components, dataOf, type KonvertClient } from '../../clients/typescript/index.ts';
import { readFileToSend } from '../demo/files.ts';
import { StepError, WrongWordsError } from '../terminal/errors.ts';
import { gathered, moreNote } from '../terminal/lists.ts';
import { type Column, onLines, onOneLine, tableOf } from '../terminal/table.ts';
import { agoOf, timeOf } from '../terminal/times.ts';
import { limitOf, limitOption, type Noun, type Run, type Told } from '../terminal/verb.ts';
import { channelCalled, channelsOf, namesOf, userCalled, usersOf } from './find.ts';
import { type Chat, type ChatOptions, type ChatPath, chatCalled, keyOf } from './find-chat.ts';

type Message = components['schemas']['Message'];

interface ListOptions extends ChatOptions {
  readonly find?: string;
  readonly limit?: number;
}

const COLUMNS: readonly Column[] = [
  { head: 'CLIENT', shrinks: true },
  { head: 'CHANNEL', shrinks: true },
  { head: 'WAITS' },
  { head: 'WHOSE', shrinks: true },
  { head: 'NEWEST MESSAGE', shrinks: true },
  { head: 'CLIENT’S ID' },
];

const CHAT = '/v1/chats/{channelId}/{chatType}/{chatId}';
const MOST_OF_A_PAGE = 100;
const SHOWN_OF_HISTORY = 20;

/** The commands of chats. */
export function addChats({ verb }: Noun): void {
  const list = verb<ListOptions>('list', 'All chats, those who wait longest first', 'chats list --as Anna', (run) =>
    listed(run, 'all'),
  );
  listOptions(list).option('--find <text>', 'of the clients with that name, phone, id or username');
  listOptions(
    verb<ListOptions>('unanswered', 'Who waits for an answer, the longest first', 'chats unanswered', (run) =>
      listed(run, 'unanswered'),
    ),
  );

  const show = verb<ChatOptions & { limit?: number }>(
    'show <client>',
    'A chat with its newest messages',
    'chats show "Anna Demo"',
    async (run, given = '') => {
      const konvert = await apiAs(run);
      const chat = await chatCalled(konvert, given, run.options);
      const { messages, seenUpTo } = await historyOf(konvert, chat, run.options.limit ?? SHOWN_OF_HISTORY);
      const users = namesOf(await usersOf(await run.api()), []);
      const whose = chat.responsibleUserId === null ? 'nobody' : users.user(chat.responsibleUserId);
      const head = `${chat.name}: ${stateOf(chat)}, ${whose} is responsible`;
      const text = [onOneLine(head), keyOf(chat), '', ...messages.map(lineOf)].join('\n');
      return { json: { chat, messages, seenUpTo }, text };
    },
  ).addOption(limitOption());
  chatOptions(show);

  const reply = verb<ChatOptions & { file?: string; seen?: string }, readonly [string, string[]]>(
    'reply <client> [text...]',
    'Answer a client with a text, or with --file',
    'chats reply "Anna Demo" "We do, from ten to six."',
    async (run, given, words) => {
      const { file, seen } = run.options;
      const said = words.join(' ');
      if ((said === '') === (file === undefined)) throw new WrongWordsError('Say a text, or --file <file>');
      const konvert = await apiAs(run);
      const { name, ...chat } = await chatCalled(konvert, given, run.options);
      const { messages, seenUpTo } = await historyOf(konvert, chat, SHOWN_OF_HISTORY);
      const what = file === undefined ? { text: said } : { contentUri: await uploaded(konvert, file) };
      const { channelId, chatType, chatId } = chat;
      const body = { channelId, chatType, chatId, ...what, seenUpTo: seen ?? seenUpTo };
      const sent = await dataOf(konvert.POST('/v3/message', { body }));
      const covered = seen === undefined ? waiting(chat, messages).map(lineOf) : [];
      const about = covered.length === 0 ? [] : ['It answers:', ...covered];
      return { json: sent, text: [`Your answer to ${onOneLine(name)} leaves now.`, ...about].join('\n') };
    },
  )
    .option('--file <file>', 'send a file in the place of a text')
    .option('--seen <seenUpTo>', 'what you have read, from chats show --json; what came later stays unanswered');
  chatOptions(reply);

  const noReply = verb<ChatOptions & { reason?: string; undo?: boolean; seen?: string }>(
    'no-reply-needed <client>',
    'Say that a client needs no reply; the chat waits no more',
    'chats no-reply-needed "Anna Demo" --reason "Only thanks"',
    async (run, given = '') => {
      const { reason, undo = false, seen } = run.options;
      const konvert = await apiAs(run);
      const chat = await chatCalled(konvert, given, run.options);
      const { messages, seenUpTo } = await historyOf(konvert, chat, SHOWN_OF_HISTORY);
      const body = { noReplyNeeded: !undo, seenUpTo: seen ?? seenUpTo, ...(reason !== undefined && { reason }) };
      const params = { path: pathOf(chat) };
      const now = await dataOf(konvert.PUT(`${CHAT}/no-reply-needed`, { params, body }));
      const covered = undo || seen !== undefined ? [] : waiting(chat, messages).map(lineOf);
      const about = covered.length === 0 ? [] : ['It was about:', ...covered];
      return { json: now, text: [`${onOneLine(chat.name)}: ${stateOf(now)}.`, ...about].join('\n') };
    },
  )
    .option('--reason <text>', 'why')
    .option('--undo', 'a reply is needed after all')
    .option('--seen <seenUpTo>', 'what you have read, from chats show --json');
  chatOptions(noReply);

  const handOver = verb<ChatOptions>(
    'hand-over <client> <user>',
    'Make somebody else responsible for a client',
    'chats hand-over "Anna Demo" Boris',
    async (run, given = '', who = '') => {
      const konvert = await apiAs(run);
      const chat = await chatCalled(konvert, given, run.options);
      const user = userCalled(who, await usersOf(await run.api()));
      const params = { path: pathOf(chat) };
      const now = await dataOf(konvert.PUT(`${CHAT}/responsible`, { params, body: { userId: user.id } }));
      return { json: now, text: `${onOneLine(user.name)} is responsible for ${onOneLine(chat.name)} now.` };
    },
  );
  chatOptions(handOver);
}

async function listed(run: Run<ListOptions>, view: 'all' | 'unanswered'): Promise<Told> {
  const { find, channel } = run.options;
  const konvert = await apiAs(run);
  const channels = await channelsOf(await run.api());
  const within = channel === undefined ? undefined : channelCalled(channel, channels).channelId;
  const most = limitOf(run.options);
  const asked = { ...(find === undefined ? { view } : { find }), limit: Math.min(most, MOST_OF_A_PAGE) };
  // A chat that came to wait a moment ago may be met once more in the rest of the list.
  const met = new Set<string>();
  const isNew = (chat: Chat) => met.size < met.add(keyOf(chat)).size;
  const found = await gathered<Chat>(most, async (cursor) => {
    const page = await dataOf(konvert.GET('/v1/chats', { params: { query: { ...asked, ...cursor } } }));
    const items = page.chats.filter((chat) => isNew(chat) && (within === undefined || chat.channelId === within));
    return { items, nextCursor: page.nextCursor };
  });
  const nothing = view === 'all' ? 'There is no such chat.' : 'Nobody waits.';
  if (found.items.length === 0) return { json: [], text: nothing };
  const names = namesOf(await usersOf(await run.api()), channels);
  const rows = found.items.map((chat) => [
    chat.name,
    names.channel(chat.channelId),
    chat.unanswered ? `${agoOf(chat.unansweredSince, Date.now())} (${chat.unansweredCount})` : '-',
    chat.responsibleUserId === null ? 'nobody' : names.user(chat.responsibleUserId),
    chat.preview,
    chat.chatId,
  ]);
  return { json: found.items, text: tableOf(COLUMNS, rows, run.terminal.width), notes: moreNote(found) };
}

/** As the user of `--as`, or as the CRM itself. */
async function apiAs(run: Run<ChatOptions>): Promise<KonvertClient> {
  const { as } = run.options;
  if (as === undefined) return run.api();
  return run.api(userCalled(as, await usersOf(await run.api())).id);
}

/** The newest messages of a chat, the oldest of them first, and what they show. */
async function historyOf(konvert: KonvertClient, chat: ChatPath, most: number) {
  const ask = (limit: number, before?: string) => {
    const query = { limit, ...(before !== undefined && { before }) };
    return dataOf(konvert.GET(`${CHAT}/messages`, { params: { path: pathOf(chat), query } }));
  };
  const first = await ask(Math.min(most, MOST_OF_A_PAGE));
  let { messages, before } = first;
  while (before !== undefined && messages.length < most) {
    const page = await ask(Math.min(most - messages.length, MOST_OF_A_PAGE), before);
    messages = [...page.messages, ...messages];
    before = page.before;
  }
  return { messages, seenUpTo: first.seenUpTo };
}

/** The messages that wait for an answer. */
function waiting({ unansweredCount }: Pick<Chat, 'unansweredCount'>, messages: readonly Message[]): Message[] {
  const ofClient = messages.filter(({ isEcho, type }) => !isEcho && type !== 'system');
  return unansweredCount === 0 ? [] : ofClient.slice(-unansweredCount);
}

function lineOf({ dateTime, isEcho, authorName, text, type, status, error, isDeleted }: Message): string {
  const by = isEcho ? `> ${authorName ?? 'the team'}` : '<';
  const words = isDeleted ? '[deleted]' : text || `[${type}]`;
  const state = !isEcho
    ? ''
    : error
      ? ` (did not arrive: ${error.description})`
      : status === undefined
        ? ' (waits)'
        : '';
  return `${timeOf(dateTime)}  ${onOneLine(by)} ${onLines(words).replaceAll('\n', '\n  ')}${onOneLine(state)}`;
}

function stateOf({ unanswered, unansweredCount, unansweredSince }: Chat): string {
  if (!unanswered) return 'answered';
  const count = unansweredCount === 1 ? '1 message waits' : `${unansweredCount} messages wait`;
  return `${count} for ${agoOf(unansweredSince, Date.now())}`;
}

function pathOf({ channelId, chatType, chatId }: ChatPath): ChatPath {
  return { channelId, chatType, chatId };
}

/** Uploads a file. Returns what a message names it by. */
async function uploaded(konvert: KonvertClient, file: string): Promise<string> {
  const { name, type, bytes } = await readFileToSend(file);
  const body = { name, type, size: bytes.length };
  const { contentUri, upload } = await dataOf(konvert.POST('/v1/files', { body }));
  const { ok, status } = await fetch(upload.url, {
    method: 'PUT',
    headers: upload.headers,
    body: new Uint8Array(bytes),
  });
  if (!ok) throw new StepError(`The file could not be uploaded: its place answered ${status}`);
  return contentUri;
}

function chatOptions(command: Command): Command {
  return command
    .option('--as <user>', 'as that user, who sees and does what their role allows')
    .option('--channel <channel>', 'the chat in that channel');
}

function listOptions(command: Command): Command {
  return command
    .option('--as <user>', 'as that user, who sees what their role allows')
    .option('--channel <channel>', 'of that channel')
    .addOption(limitOption());
}
