import { callApi } from '#test/e2e/call-api';

/** What a GET was answered, to the CRM or to the user in `as`. */
export interface Answer {
  readonly as?: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** The names of fields that later versions have added to answers: they are not compared. */
const ADDED_SINCE: readonly string[] = [];

/** The same questions, and what they are answered now. */
export async function askAgain(url: string, key: string, answers: readonly Answer[]): Promise<Answer[]> {
  const now: Answer[] = [];
  for (const { as, path } of answers) {
    now.push({ ...(as !== undefined && { as }), path, ...(await callApi(url, 'GET', path, { key, userId: as })) });
  }
  return now;
}

/** An answer without what has to differ: when its list or history was read, and what was added since. */
export function comparable({ path, body, ...answer }: Answer): Answer {
  return { ...answer, path, body: JSON.parse(JSON.stringify(body), (name, value) => reviveField(path, name, value)) };
}

function reviveField(path: string, name: string, value: unknown): unknown {
  if (ADDED_SINCE.includes(name)) return undefined;
  // A list's next page is bound to when the first was read.
  if (name === 'nextCursor' && path.startsWith('/v1/chats')) return typeof value;
  return name === 'seenUpTo' && path.includes('/messages') ? placesSeen(String(value)) : value;
}

/** Without the checksum, the time of reading, and the names of what was too new then. */
function placesSeen(token: string): unknown[] {
  const text = Buffer.from(token, 'base64url').toString();
  return (JSON.parse(text.slice(text.indexOf('.') + 1)) as unknown[]).slice(0, 3);
}
