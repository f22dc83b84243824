import { expect } from 'vitest';
import type * as z from 'zod/mini';
import type { assignment } from '#api/assignment-routes';
import type { NewClientMode } from '#domain/settings';
import { callApi } from '#test/e2e/call-api';
import type { KonvertProcess } from '#test/e2e/konvert-process';
import type { PlayedTelegram } from '#test/e2e/played-telegram';

/** The users who receive no new clients, with the reasons. The others are sellers with the switch on. */
export type Exceptions = Readonly<Record<string, 'SWITCHED_OFF' | 'MAY_NOT_WRITE'>>;

/** A record of `GET /v1/assignments`. */
export type Assigned = z.infer<typeof assignment>;

/** A contact or a deal that Konvert made. */
export interface Card {
  readonly id: string;
  readonly responsibleUserId: string;
  readonly contacts?: readonly string[];
  readonly contactData?: readonly { readonly chatId: string }[];
}

export type Team = Awaited<ReturnType<typeof pushTeam>>;

const PAGE = 100;

/** Pushes `size` users and a pipeline, as a CRM does. Returns calls that choose settings and read what follows. */
export async function pushTeam({ url }: KonvertProcess, { apiKey: key, channelId }: PlayedTelegram, size: number) {
  const users = Array.from({ length: size }, (_, index) => ({ id: `u${1 + index}`, name: `Seller ${1 + index}` }));
  const pipeline = { id: 'sales', name: 'Sales', stages: [{ id: 'new', name: 'New' }] };
  await expectOk('POST', '/v3/users', users);
  await expectOk('POST', '/v3/pipelines', [pipeline]);

  async function expectOk(method: string, path: string, body?: unknown) {
    const answer = await callApi(url, method, path, { key, body });
    expect(answer, `${method} ${path}`).toMatchObject({ status: 200 });
    return answer.body;
  }

  async function everyCard(path: string): Promise<Card[]> {
    const cards: Card[] = [];
    for (;;) {
      const { data } = await expectOk('GET', `${path}?offset=${cards.length}&limit=${PAGE}`);
      cards.push(...data);
      if (data.length < PAGE) return cards;
    }
  }

  return {
    userIds: users.map(({ id }) => id),

    async choose(mode: NewClientMode, exceptions: Exceptions = {}): Promise<void> {
      const userRoles = users.map(({ id: userId }) => ({
        userId,
        role: exceptions[userId] === 'MAY_NOT_WRITE' ? 'auditor' : 'seller',
        allowGetNewClients: exceptions[userId] === undefined,
      }));
      const newClients = { mode, pipelineId: pipeline.id, stageId: 'new' };
      await expectOk('PUT', `/v1/settings/channels/${channelId}`, { newClients, userRoles });
    },

    async assignments(): Promise<Assigned[]> {
      const found: Assigned[] = [];
      for (let cursor = ''; ; ) {
        const { assignments, nextCursor } = await expectOk('GET', `/v1/assignments?channelId=${channelId}${cursor}`);
        found.push(...assignments);
        if (nextCursor === undefined) return found;
        cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
      }
    },

    countContacts: async (): Promise<number> => (await expectOk('GET', '/v3/contacts?limit=1')).count,
    contacts: () => everyCard('/v3/contacts'),
    deals: () => everyCard('/v3/deals'),
  };
}

/** I4: checks that each of these clients has one contact, one deal and one record, which name the same user. */
export async function expectOneOwner(team: Team, chatIds: readonly string[]): Promise<Assigned[]> {
  const [records, contacts, deals] = await Promise.all([team.assignments(), team.contacts(), team.deals()]);
  const owners = new Map(records.map(({ chatId, userId }) => [chatId, userId]));
  const dealOf = new Map(deals.map(({ contacts, responsibleUserId }) => [contacts?.[0], responsibleUserId]));
  const expected = [...chatIds].sort();
  expect(records.map(({ chatId }) => chatId).sort()).toEqual(expected);
  expect(contacts.flatMap(({ contactData = [] }) => contactData.map(({ chatId }) => chatId)).sort()).toEqual(expected);
  expect(deals.map(({ contacts }) => contacts).sort()).toEqual(contacts.map(({ id }) => [id]).sort());
  for (const { id, responsibleUserId, contactData } of contacts) {
    const owner = owners.get(contactData?.[0]?.chatId ?? '');
    expect([responsibleUserId, dealOf.get(id)], id).toEqual([owner, owner]);
  }
  return records;
}
