import { callApi } from '#test/e2e/call-api';
import type { Answer } from '#test/upgrade/answers';

// Pages are small, so that short lists have more than one.
const CHATS_PAGE = 3;
const MESSAGES_PAGE = 10;

/** Makes every GET that an account can: lists page by page, and chats as every user sees them. */
export async function readAll(url: string, key: string): Promise<Answer[]> {
  const answers: Answer[] = [];

  // biome-ignore lint/suspicious/noExplicitAny: answers of many routes
  async function get(path: string, as?: string): Promise<any> {
    const { status, body } = await callApi(url, 'GET', path, { key, userId: as });
    answers.push({ ...(as !== undefined && { as }), path, status, body });
    return body;
  }

  /** Reads all pages of a list. */
  async function getPages(path: string, as?: string) {
    const pages = [await get(path, as)];
    for (let next = nextOf(pages[0]); next !== undefined; next = nextOf(pages.at(-1))) {
      pages.push(await get(`${path}${path.includes('?') ? '&' : '?'}${next}`, as));
    }
    return pages;
  }

  async function getEach(path: string, ids: readonly string[]): Promise<void> {
    for (const id of ids) await get(`${path}/${encodeURIComponent(id)}`);
  }

  const channels: { channelId: string }[] = await get('/v3/channels');
  const users: { id: string }[] = await get('/v3/users');
  const userIds = idsOf(users);
  await getEach('/v3/users', userIds);
  await getEach('/v3/unanswered', userIds);
  for (const path of ['/v3/contacts', '/v3/deals']) {
    const { data }: { data: { id: string }[] } = await get(path);
    await getEach(path, idsOf(data));
  }
  await get('/v3/pipelines');
  await get('/v1/settings');
  await getPages('/v1/assignments');
  for (const { channelId } of channels) await getPages(`/v1/assignments?channelId=${channelId}`);
  await getPages('/v1/deliveries');
  await get('/v1/deliveries?state=pending');
  for (const as of [undefined, ...userIds]) {
    await get('/v1/chats?view=unanswered', as);
    const pages = await getPages(`/v1/chats?limit=${CHATS_PAGE}`, as);
    if (as !== undefined) continue;
    for (const { channelId, chatType, chatId } of pages.flatMap(({ chats }) => chats)) {
      const path = `/v1/chats/${channelId}/${chatType}/${chatId}`;
      await get(path);
      await getPages(`${path}/messages?limit=${MESSAGES_PAGE}`);
    }
  }
  return answers;
}

function idsOf(entities: readonly { readonly id: string }[]): string[] {
  return entities.map(({ id }) => id);
}

/** The query parameter of the next page; undefined after the last. */
function nextOf({ nextCursor, before }: { readonly nextCursor?: string; readonly before?: string }) {
  if (before !== undefined) return `before=${encodeURIComponent(before)}`;
  return nextCursor === undefined ? undefined : `cursor=${encodeURIComponent(nextCursor)}`;
}
