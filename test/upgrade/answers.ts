import { callApi } from '#test/e2e/call-api';

/** The answer to a GET of the CRM, or of the user in `as`. */
export interface Answer {
  readonly as?: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** The names of fields that later versions have added to answers. They are not compared. */
const ADDED_SINCE: readonly string[] = [
  'by',
  'contentUri',
  'version',
  'mayWrite',
  'isOwn',
  'thread',
  'crmMessageId',
  'deliveryId',
  'stillOwed',
  'lastBy',
  'frameAncestors',
  'retentionDays',
  'channelDeleted',
  'late',
  'leavesAt',
  'told',
  'schedules',
  'zone',
];

/** The lists that say what clients are called since. */
const NAMED_SINCE = /^\/v1\/(assignments|deliveries)\b/;

/** The list that says in which channel something failed since. */
const CHANNEL_SINCE = /^\/v1\/deliveries\b/;

/** The names of fields that are empty texts since, and were absent or null if there was nothing to say. */
const EMPTY_SINCE: readonly string[] = ['uri', 'chatId'];

/** Makes the same requests again. Resolves to their present answers. */
export async function askAgain(url: string, key: string, answers: readonly Answer[]): Promise<Answer[]> {
  const now: Answer[] = [];
  for (const { as, path, body: before } of answers) {
    const { status, body } = await callApi(url, 'GET', path, { key, userId: as });
    now.push({ ...(as !== undefined && { as }), path, status, body: ofChannelsBefore(path, before, body) });
  }
  return now;
}

/** An answer about channels without those that the demo company has got since. */
function ofChannelsBefore(path: string, before: unknown, now: unknown): unknown {
  if (path === '/v3/channels') {
    const known = new Set((before as { channelId: string }[]).map(({ channelId }) => channelId));
    return (now as { channelId: string }[]).filter(({ channelId }) => known.has(channelId));
  }
  if (path !== '/v1/settings') return now;
  const { channels: known } = before as { channels: object };
  const { channels, ...rest } = now as { channels: object };
  return { ...rest, channels: Object.fromEntries(Object.entries(channels).filter(([id]) => Object.hasOwn(known, id))) };
}

/** An answer without what has to differ: the time when its list or history was read, and fields added since. */
export function comparable({ path, body, ...answer }: Answer): Answer {
  return { ...answer, path, body: JSON.parse(JSON.stringify(body), (name, value) => reviveField(path, name, value)) };
}

function reviveField(path: string, name: string, value: unknown): unknown {
  if (ADDED_SINCE.includes(name) || (name === 'name' && NAMED_SINCE.test(path))) return undefined;
  if (name === 'channelId' && CHANNEL_SINCE.test(path)) return undefined;
  if (EMPTY_SINCE.includes(name) && (value === '' || value === null)) return undefined;
  // The cursor of a list holds the time when its first page was read.
  if (name === 'nextCursor' && path.startsWith('/v1/chats')) return typeof value;
  if (name !== 'seenUpTo') return value;
  // That of a history holds the time of reading and the names of new messages.
  return path.includes('/messages') ? partsSeen(String(value)).slice(0, 3) : partsSeen(String(value));
}

/** The parts of a token without what binds it to its chat, which was a checksum in 0.1.0 and is a signature. */
function partsSeen(token: string): unknown[] {
  const text = Buffer.from(token, 'base64url').toString();
  return JSON.parse(text.slice(text.indexOf('.') + 1));
}
