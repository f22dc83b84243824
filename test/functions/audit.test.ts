import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { newAccountAnswer } from '#api/account-routes';
import * as contract from '#api/audit-routes';
import { routes } from '#lib/routes';
import { CrmModel } from '#test/scheduler/crm-model';
import { type Answer, BOT_TOKEN, createWorld, OPERATOR_KEY, type World } from '#test/world';

type Entry = z.infer<typeof contract.auditEntry>;

let world: World;
let ownKeyId: string;

beforeEach(async () => {
  world = await createWorld({ crm: new CrmModel(() => world.clock.now()).crm });
  ownKeyId = (await keys())[0]!.keyId;
});

afterEach(() => world.stop());

async function call(method: string, path: string, body?: unknown, key = world.account.apiKey): Promise<Answer> {
  return world.call(method, path, { key, body });
}

async function keys(): Promise<{ keyId: string }[]> {
  return ((await call('GET', '/v1/account/keys')).body as { keys: { keyId: string }[] }).keys;
}

async function auditOf(key = world.account.apiKey): Promise<Entry[]> {
  const answer = await call('GET', '/v1/audit', undefined, key);
  expect(answer.status).toBe(200);
  expect(contract.auditPage.parse(answer.body)).toEqual(answer.body);
  return (answer.body as { entries: Entry[] }).entries;
}

const channel = () => `/v1/channels/${world.channel.channelId}`;
const account = () => world.account.accountId;
const newChannel = () => ({
  transport: 'telegram',
  name: 'Second',
  credentials: { botToken: BOT_TOKEN, apiBaseUrl: world.bot.baseUrl },
});

const newCrm = () => call('POST', '/v1/crm', { crm: 'amocrm', credentials: { token: 'token' } });
const connectCrm = async () => {
  await newCrm();
  world.clock.advance(1);
};
const push = async (id: string) => {
  await call('POST', '/v3/users', [{ id, name: 'Ivan' }]);
};
let connectionId: string;
const subjectOfCrm = ({ connectionId: id }: Record<string, string>) => id ?? '';

let spareKeyId: string;

interface Done {
  readonly prepare?: () => Promise<void>;
  readonly run: () => Promise<Answer>;
  readonly act: string;
  /** The subject, of the answer's body. */
  readonly subject: (body: Record<string, string>) => string;
  readonly by?: 'operator';
}

/** Every route that changes something: an administrative act, or why it is none. */
const ROUTES: Readonly<Record<string, Done | string>> = {
  'DELETE /v1/people/{chatType}/{chatId}': {
    prepare: () => world.say(7, 'Hello'),
    run: () => call('DELETE', '/v1/people/telegram/7'),
    act: 'person-erased',
    subject: ({ erasureId }) => erasureId!,
  },
  'POST /v1/accounts/{accountId}/keys': {
    run: () => call('POST', `/v1/accounts/${account()}/keys`, {}, OPERATOR_KEY),
    act: 'key-made',
    subject: ({ keyId }) => keyId!,
    by: 'operator',
  },
  'POST /v1/account/keys': {
    run: () => call('POST', '/v1/account/keys'),
    act: 'key-made',
    subject: ({ keyId }) => keyId!,
  },
  'DELETE /v1/account/keys/{keyId}': {
    prepare: async () => {
      spareKeyId = ((await call('POST', '/v1/account/keys')).body as { keyId: string }).keyId;
      world.clock.advance(1);
    },
    run: () => call('DELETE', `/v1/account/keys/${spareKeyId}`),
    act: 'key-revoked',
    subject: ({ keyId }) => keyId!,
  },
  'POST /v1/channels': {
    run: () => call('POST', '/v1/channels', newChannel()),
    act: 'channel-connected',
    subject: ({ channelId }) => channelId!,
  },
  'PATCH /v1/channels/{channelId}': {
    run: () => call('PATCH', channel(), { name: 'Renamed' }),
    act: 'channel-changed',
    subject: () => world.channel.channelId,
  },
  'POST /v1/channels/{channelId}/webhook-secret': {
    run: () => call('POST', `${channel()}/webhook-secret`),
    act: 'webhook-secret-changed',
    subject: () => world.channel.channelId,
  },
  'DELETE /v1/channels/{channelId}': {
    run: () => call('DELETE', channel()),
    act: 'channel-deleted',
    subject: () => world.channel.channelId,
  },
  'PATCH /v1/settings': {
    run: () => call('PATCH', '/v1/settings', { saveMessagesToTimeline: true }),
    act: 'account-settings-changed',
    subject: account,
  },
  'PUT /v1/settings/channels/{channelId}': {
    run: () =>
      call('PUT', `/v1/settings/channels/${world.channel.channelId}`, {
        newClients: { mode: 'first-reply' },
        userRoles: [],
      }),
    act: 'channel-settings-changed',
    subject: () => world.channel.channelId,
  },
  'PUT /v1/quick-replies': {
    run: () => call('PUT', '/v1/quick-replies', { quickReplies: [] }),
    act: 'quick-replies-changed',
    subject: account,
  },
  'PUT /v1/users/{userId}/status': {
    prepare: () => push('ivan'),
    run: () => call('PUT', '/v1/users/ivan/status', { status: 'away' }),
    act: 'user-status-changed',
    subject: () => 'ivan',
  },
  'PUT /v1/users/{userId}/schedule': {
    prepare: async () => {
      await push('ivan');
      const hours = { zone: 'UTC', week: { mon: [['09:00', '18:00']] } };
      await call('PATCH', '/v1/settings', { schedules: { day: hours } });
      world.clock.advance(1);
    },
    run: () => call('PUT', '/v1/users/ivan/schedule', { schedule: 'day' }),
    act: 'user-schedule-changed',
    subject: () => 'ivan',
  },
  'POST /v1/webhooks/secret': {
    run: () => call('POST', '/v1/webhooks/secret'),
    act: 'receiver-secret-changed',
    subject: account,
  },
  'POST /v1/crm': { run: newCrm, act: 'crm-connected', subject: subjectOfCrm },
  'PATCH /v1/crm': {
    prepare: connectCrm,
    run: () => call('PATCH', '/v1/crm', { enabled: false }),
    act: 'crm-changed',
    subject: subjectOfCrm,
  },
  'POST /v1/crm/refresh': {
    prepare: async () => {
      await connectCrm();
      connectionId = ((await call('GET', '/v1/crm')).body as { connectionId: string }).connectionId;
    },
    run: () => call('POST', '/v1/crm/refresh'),
    act: 'crm-refreshed',
    subject: () => connectionId,
  },
  'DELETE /v1/crm': {
    prepare: connectCrm,
    run: () => call('DELETE', '/v1/crm'),
    act: 'crm-left',
    subject: subjectOfCrm,
  },

  'DELETE /v1/accounts/{accountId}': 'an act in the log of the operator alone, because that of the account goes',
  'POST /v1/checks': 'an act in the log of the operator alone, because all accounts are checked',
  'PATCH /v1/accounts/{accountId}': 'two acts, of which one closes the log to the account; their test is below',
  'POST /v1/accounts': 'an act in an account that is not there before; its test is below',
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/no-reply-needed': 'work in a chat, and in its history',
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/still-owed': 'work in a chat, and in its history',
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/responsible': 'work in a chat, and in the assignments',
  'PUT /v1/drafts/{channelId}/{chatType}/{chatId}': 'work: a text of one’s own that was not sent',
  'DELETE /v1/drafts/{channelId}/{chatType}/{chatId}': 'work: a text of one’s own that was not sent',
  'PUT /v1/push-subscriptions/{id}': 'a browser of one’s own, like the drafts in it',
  'DELETE /v1/push-subscriptions/{id}': 'a browser of one’s own, like the drafts in it',
  'POST /v1/chats/{channelId}/{chatType}/{chatId}/deals': 'work in a chat: the CRM makes a deal',
  'POST /v1/settings/channels/{channelId}/preview': 'nothing changes: it is told before',
  'POST /v1/webhooks/test': 'nothing changes: the receiver is called once',
  'PUT /v1/pipelines': 'data of the CRM, like what it pushes by /v3',
  'POST /v1/doorbells': 'work: an open page listens',
  'POST /v1/files': 'work: a place for a file that may be sent',
  'POST /v1/page-links': 'work: a user looks at chats; what a page of settings does is an act of its key',
  'POST /v1/page-tokens': 'work: what the page of a link does is an act of its key',
  'POST /v1/page-tokens/renew': 'work: a page that is open stays so',
  'DELETE /v1/page-tokens': 'work: a user leaves the page',
  'DELETE /v1/devices/{deviceId}': 'work: a user leaves the page of a device',
  'POST /v1/deliveries/retry':
    'work: what failed leaves once more; an act for a connected CRM (crm-deliveries.test.ts)',
  'POST /v1/deliveries/replay': 'work: the CRM gets once more what it was told before',
  'POST /v1/deliveries/{deliveryId}/retry': 'work in a chat: what a person wrote leaves once more',
};

const acts = Object.entries(ROUTES).flatMap(([route, done]) =>
  typeof done === 'string' ? [] : [[route, done] as const],
);

test('every route of /v1 that changes something is an administrative act, or named as none', () => {
  const changing = routes.filter(({ method, path }) => method !== 'GET' && path.startsWith('/v1/'));

  expect(Object.keys(ROUTES).sort()).toEqual(changing.map(({ method, path }) => `${method} ${path}`).sort());
});

describe('an administrative act', () => {
  test.each(acts)('%s is recorded once, with its actor and its subject', async (_route, done) => {
    const { prepare, run, act, subject, by } = done;
    world.clock.advance(1_000);
    await prepare?.();
    const [last] = await auditOf();

    const answer = await run();

    expect(answer.status).toBeLessThan(300);
    const [newest, ...older] = await auditOf();
    expect(newest).toEqual({
      at: new Date(world.clock.now()).toISOString(),
      actor: by ?? ownKeyId,
      act,
      subject: subject(answer.body as Record<string, string>),
    });
    expect(older.filter((entry) => entry.act === act && entry.subject === newest?.subject)).toEqual([]);
    expect(older).toContainEqual(last);
    expect(await auditOf(OPERATOR_KEY).then((entries) => entries.some((entry) => entry.act === act))).toBe(
      by === 'operator' || act === 'account-made',
    );
  });

  test.each(acts)('%s is not done if it cannot be recorded', async (_route, { prepare, run, act }) => {
    await prepare?.();
    // What a transaction does if one of its writes fails: nothing. An act of which no write is part is recorded before it begins.
    world.failing = ({ kind, input }) => /^(Transact|Put)/.test(kind) && JSON.stringify(input).includes(`"${act}"`);
    const before = await stateOf();

    expect(await run()).toMatchObject({ status: 500 });

    world.failing = undefined;
    expect(await stateOf()).toEqual(before);
  });

  test('that is refused is not recorded', async () => {
    const before = await auditOf();
    await call('PATCH', channel(), { name: '' });
    await call('PATCH', '/v1/channels/nobody', { name: 'x' });
    await call('DELETE', `/v1/account/keys/${ownKeyId}`);
    await call('PATCH', '/v1/settings', { saveMessagesToTimeline: 'yes' });
    await call('PATCH', '/v1/settings', {});
    await call('POST', `/v1/accounts/${account()}/keys`, {}, world.account.apiKey);
    await call('PATCH', `/v1/accounts/${account()}`, { enabled: 'no' }, OPERATOR_KEY);
    world.bot.answerNext('setWebhook', { status: 400, body: { ok: false, error_code: 400, description: 'No' } });
    await call('POST', `${channel()}/webhook-secret`);

    expect(await auditOf()).toEqual(before);
  });

  test('holds no secret', async () => {
    for (const [, { prepare, run }] of acts) {
      await prepare?.();
      await run();
    }

    const shown = JSON.stringify([await auditOf(), await auditOf(OPERATOR_KEY)]);
    for (const secret of [world.account.apiKey, OPERATOR_KEY, BOT_TOKEN.split(':')[1], world.channel.secret]) {
      expect(shown).not.toContain(secret);
    }
    expect(shown).not.toMatch(/[0-9a-f]{64}/);
  });

  /** Everything that acts change, without what is sealed anew each time and what counts uses. */
  async function stateOf(): Promise<unknown> {
    const shown = [await keys(), (await call('GET', '/v3/channels')).body, (await call('GET', '/v1/settings')).body];
    const entries = [await auditOf(), await auditOf(OPERATOR_KEY)];
    return JSON.parse(JSON.stringify([shown, entries.map((all) => all.filter(({ act }) => act !== 'key-made'))]));
  }
});

test('an account that is made is recorded in its own log and in that of the operator', async () => {
  const made = newAccountAnswer.parse((await call('POST', '/v1/accounts', { name: 'Another' }, OPERATOR_KEY)).body);

  const entry = { at: expect.any(String), actor: 'operator', act: 'account-made', subject: made.accountId };
  expect(await auditOf(made.apiKey)).toEqual([entry]);
  expect((await auditOf(OPERATOR_KEY))[0]).toEqual(entry);
});

test('the log of the operator says which account a key was made for, and not only which key', async () => {
  const other = await world.addAccount();
  world.clock.advance(1_000);
  await call('POST', `/v1/accounts/${other.accountId}/keys`, {}, OPERATOR_KEY);

  expect((await auditOf(OPERATOR_KEY))[0]).toMatchObject({ act: 'key-made', subject: other.accountId });
});

test('disabling and enabling an account are recorded, and are none if the account is so already', async () => {
  const set = (enabled: boolean) => call('PATCH', `/v1/accounts/${account()}`, { enabled }, OPERATOR_KEY);
  const stored = () => world.db.items('accounts').filter(({ s, p }) => s === 'account' || p === 'audit#operator');

  for (const enabled of [true, false, true]) {
    world.clock.advance(1_000);
    const before = stored();
    world.failing = ({ kind, input }) => kind.startsWith('Transact') && JSON.stringify(input).includes('audit#');
    await set(enabled);
    world.failing = undefined;
    expect(stored()).toEqual(before);

    expect(await set(enabled)).toMatchObject({ status: 200, body: { accountId: account(), enabled } });

    // Enabling once more would give the messages that wait another day.
    const after = stored();
    world.clock.advance(1_000);
    expect(await set(enabled)).toMatchObject({ status: 200, body: { accountId: account(), enabled } });
    expect(stored()).toEqual(after);
  }

  const entry = { at: expect.any(String), actor: 'operator', subject: account() };
  for (const key of [world.account.apiKey, OPERATOR_KEY]) {
    const [newest, before] = await auditOf(key);
    expect(newest).toEqual({ ...entry, act: 'account-enabled' });
    expect(before).toEqual({ ...entry, act: 'account-disabled' });
  }
});

test('a new operator key is recorded in the log of the operator, and only if it is another one', async () => {
  const count = async () => (await auditOf(OPERATOR_KEY)).filter(({ act }) => act === 'operator-key-changed').length;
  expect(await count()).toBe(1);

  await world.store.accounts.setOperatorKey(OPERATOR_KEY);
  expect(await count()).toBe(1);
});

test('I6 the log of an account holds nothing of another account', async () => {
  const other = await world.addAccount();
  await call('PATCH', '/v1/settings', { saveMessagesToTimeline: true }, other.apiKey);

  expect((await auditOf()).some(({ subject }) => subject === other.accountId)).toBe(false);
  expect((await auditOf(other.apiKey)).map(({ act }) => act).sort()).toEqual([
    'account-made',
    'account-settings-changed',
  ]);
});

test('pages hold 50 entries, the newest first, and lose none', async () => {
  for (let index = 0; index < 120; index += 1) {
    world.clock.advance(index % 3);
    await call('PATCH', channel(), { name: `Name ${index}` });
  }

  const found: Entry[] = [];
  const sizes: number[] = [];
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    const { body } = await call('GET', `/v1/audit${cursor && `?cursor=${cursor}`}`);
    const { entries, nextCursor } = body as { entries: Entry[]; nextCursor?: string };
    found.push(...entries);
    sizes.push(entries.length);
    cursor = nextCursor;
  }

  expect(sizes).toEqual([50, 50, 22]);
  expect(found.map(({ at }) => at)).toEqual(
    found
      .map(({ at }) => at)
      .toSorted()
      .reverse(),
  );
  expect(found.filter(({ act }) => act === 'channel-changed')).toHaveLength(120);
});

test.each(['x', 'bm8', '%00', Buffer.from('{"a":1}').toString('base64url')])(
  'a cursor %j of somebody else is a 400',
  async (cursor) => {
    expect(await call('GET', `/v1/audit?cursor=${encodeURIComponent(cursor)}`)).toMatchObject({
      status: 400,
      body: { error: 'INVALID_REQUEST', data: { fields: ['cursor'] } },
    });
  },
);

test('a user of the account may not read it', async () => {
  const answer = await world.call('GET', '/v1/audit', {
    key: world.account.apiKey,
    headers: { 'konvert-user': 'somebody' },
  });

  expect(answer).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
});
