import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CrmNews, CrmRequest } from '#crms/crm';
import { hooks } from '#crms/hubspot/hooks';
import { isSigned, signatureOf } from '#crms/hubspot/signature';
import { openHubspot } from '#test/crms/doubles/hubspot/rig';
import { connect, makeBoth, sessionOf, told, wantedOf } from '#test/crms/kit/connected';

/** What HubSpot answers of a note that it has written. */
const WRITTEN = { id: '1', properties: {}, createdAt: '', updatedAt: '', archived: false };

/** Of `crms.md` 9: computed apart from this code. */
const VECTOR = {
  secret: 'app-secret',
  uri: 'https://example.test/hooks/hubspot?t=1',
  body: Buffer.from('[{"eventId":1,"portalId":2,"objectId":3}]'),
  timestamp: '1767225600000',
  signature: '+fYMv3sONlstA5g5NNvYdxtNBbRtuyabjFyEfnKvhIA=',
};

describe('signature v3 (K29)', () => {
  const { secret, uri, body, timestamp, signature } = VECTOR;
  const request = (url: string): CrmRequest => ({
    method: 'POST',
    url,
    headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp },
    body,
  });

  test('is that of the vector', () => {
    expect(signatureOf('POST', uri, body, timestamp, secret)).toBe(signature);
    expect(isSigned(request('http://internal/x'), uri, secret, Number(timestamp))).toBe(true);
  });

  test('is of the configured address, with what HubSpot decodes decoded', () => {
    expect(signatureOf('POST', 'https://example.test/hooks%2Fhubspot%3Ft=1', body, timestamp, secret)).toBe(signature);
    expect(signatureOf('POST', `${uri}%20`, body, timestamp, secret)).not.toBe(signature);
  });

  test.each([
    [0, true],
    [5 * 60_000, true],
    [5 * 60_000 + 1, false],
    [-(5 * 60_000) - 1, false],
  ])('%d ms later: %s', (later, isGood) => {
    expect(isSigned(request(uri), uri, secret, Number(timestamp) + later)).toBe(isGood);
  });
});

describe('hooks', () => {
  const parse = (...events: object[]): readonly CrmNews[] =>
    hooks.parse({ method: 'POST', url: '', headers: {}, body: Buffer.from(JSON.stringify(events)) });
  const deal = (id: string) => ({ type: 'deal', id }) as const;
  const contact = (id: string) => ({ type: 'contact', id }) as const;

  test.each<[string, object, readonly CrmNews[]]>([
    [
      'a merge into one of the two',
      { subscriptionType: 'contact.merge', primaryObjectId: 1, mergedObjectIds: [2] },
      [{ kind: 'merged', ref: contact('2'), into: '1' }],
    ],
    [
      'a merge into a third (K18)',
      { subscriptionType: 'contact.merge', primaryObjectId: 1, mergedObjectIds: [2], newObjectId: 3 },
      [
        { kind: 'merged', ref: contact('2'), into: '3' },
        { kind: 'merged', ref: contact('1'), into: '3' },
      ],
    ],
    [
      'new kinds',
      { subscriptionType: 'object.propertyChange', objectTypeId: '0-3', objectId: 7 },
      [{ kind: 'changed', ref: deal('7') }],
    ],
    [
      'an association, from the deal',
      {
        subscriptionType: 'deal.associationChange',
        fromObjectId: 7,
        toObjectId: 1,
        associationType: 'DEAL_TO_CONTACT',
      },
      [{ kind: 'changed', ref: deal('7') }],
    ],
    [
      'an association, from the contact',
      {
        subscriptionType: 'deal.associationChange',
        fromObjectId: 1,
        toObjectId: 7,
        associationType: 'CONTACT_TO_DEAL',
      },
      [{ kind: 'changed', ref: deal('7') }],
    ],
    [
      'a privacy deletion',
      { subscriptionType: 'contact.privacyDeletion', objectId: 5 },
      [{ kind: 'deleted', ref: contact('5') }],
    ],
    ['another object', { subscriptionType: 'company.propertyChange', objectId: 5 }, []],
    ['an id that is none', { subscriptionType: 'deal.deletion', objectId: '../5' }, []],
  ])('%s', (_name, event, news) => {
    expect(parse(event)).toEqual(news);
  });

  test('a hundred events of one deal ring once (K1)', () => {
    const event = { subscriptionType: 'deal.propertyChange', objectId: 7 };
    expect(parse(...Array.from({ length: 100 }, (_, eventId) => ({ ...event, eventId })))).toHaveLength(1);
  });
});

describe('HubSpot', () => {
  let rig: Awaited<ReturnType<typeof openHubspot>>;

  beforeEach(async () => {
    rig = await openHubspot();
  });

  afterEach(() => rig.stop());

  test('a rule of the portal refuses a new client, and its property is named', async () => {
    const session = await connect(rig);
    rig.world.required.contacts.push('industry');
    const made = await rig.crm.make(session, wantedOf(rig.hands.addUser({ name: 'Anna' })));
    expect(made).toMatchObject({ kind: 'refused', code: 'VALIDATION_RULE', about: 'industry' });
  });

  test('a property that is named in the message alone', async () => {
    const session = await connect(rig);
    const message =
      'Property values were not valid: [{"isValid":false,"error":"INVALID_OWNER_ID","name":"hubspot_owner_id"}]';
    rig.double.answer({ status: 400, body: { status: 'error', message, category: 'VALIDATION_ERROR' } });
    expect(await rig.crm.assign(session, { type: 'deal', id: '1' }, '5')).toMatchObject({ code: 'USER_GONE' });
  });

  test('409 is a conflict as well as 400 CONFLICTING_UNIQUE_VALUE (K3)', async () => {
    const session = await connect(rig);
    const wanted = wantedOf(rig.hands.addUser({ name: 'Anna' }));
    const { contactId } = told(await rig.crm.make(session, wanted));
    rig.double.answer({
      status: 409,
      body: { status: 'error', message: 'Contact already exists.', category: 'CONFLICT' },
    });
    expect(told(await rig.crm.make(session, wanted)).contactId).toBe(contactId);
  });

  test('a creation whose answer was lost is answered at its repetition, without a twin', async () => {
    const session = await connect(rig);
    const wanted = wantedOf(rig.hands.addUser({ name: 'Anna' }));
    rig.double.loseAnswer();
    expect((await rig.crm.make(session, wanted)).kind).toBe('unreachable');
    await makeBoth({ rig, session }, wanted);
    expect([rig.hands.count('contact'), rig.hands.count('deal')]).toEqual([1, 1]);
  });

  test('more than 10,000 changes are named, none twice (K24)', async () => {
    const session = await connect(rig);
    const since = rig.clock.now();
    const ids = Array.from({ length: 10_001 }, (_, at) => rig.hands.addContact({ name: `C ${at}` }));
    rig.clock.pass(rig.traits.lagMs);
    const named: string[] = [];
    let cursor: string | undefined;
    do {
      const page = told(await rig.crm.changedSince(session, since, cursor));
      named.push(...page.refs.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(named).toEqual(ids);
  });

  test('a deactivated owner is listed, as inactive (K15)', async () => {
    const boris = rig.hands.addUser({ name: 'Boris' });
    rig.hands.dismissUser(boris);
    expect(told(await rig.crm.users(sessionOf(rig)))).toEqual([{ id: boris, name: 'Boris', isActive: false }]);
  });

  test('the newest 500 deals of a contact are read, and no more', async () => {
    const session = await connect(rig);
    const contacts = [rig.hands.addContact({ name: 'Ivan' })];
    const ids = Array.from({ length: 501 }, (_, at) => {
      rig.clock.pass(1);
      return rig.hands.addDeal({ name: `D ${at}`, contacts });
    });

    const deals = told(await rig.crm.dealsOf(session, String(contacts[0])));

    expect(deals.map(({ id }) => id)).toEqual(ids.slice(1).reverse());
  });

  test('a phone in any spelling is found for a client of Telegram too (K16)', async () => {
    const session = await connect(rig);
    const id = rig.hands.addContact({ name: 'Ivan', phone: '8 (999) 123-45-67' });
    rig.clock.pass(rig.traits.lagMs);

    const found = told(await rig.crm.find(session, { chatType: 'telegram', chatId: '5550001', phone: '79991234567' }));

    expect(found.map((one) => one.id)).toEqual([id]);
  });

  test('a service key has no hooks: that is said, with the app to make', async () => {
    const { clientSecret: _, ...app } = rig.credentials;
    const prepared = told(
      await rig.crm.prepare({ ...sessionOf(rig), app }, 'https://k.example/h', 'https://k.example/f'),
    );
    expect(prepared.problems).toEqual([{ code: 'HOOKS_MISSING' }]);
    expect(prepared.todo).toEqual([
      { code: 'HUBSPOT_APP', values: { targetUrl: 'https://k.example/h', frameUrl: 'https://k.example/f' } },
    ]);
  });

  test.each([
    [423, {}, 2],
    [477, { 'retry-after': '90' }, 90],
    [429, {}, 10],
  ])('status %d waits', async (status, headers, seconds) => {
    rig.double.answer({ status, body: { status: 'error', message: 'wait' }, headers });
    expect(await rig.crm.identify(sessionOf(rig))).toEqual({
      kind: 'throttled',
      retryAfterSeconds: seconds,
      description: 'wait',
    });
  });

  test('notes have their time in UTC, links as links, and nothing of a client is markup (K26)', async () => {
    const session = await connect(rig);
    const refs = [{ type: 'contact', id: rig.hands.addContact({ name: 'Ivan' }) } as const];
    const links = [{ url: 'https://f.example/"><i>', name: '<b>' }];
    told(
      await rig.crm.note(session, [{ refs, text: '<script>\nx', links, chatType: 'whatsapp', sentAt: 1767225600000 }]),
    );
    expect(rig.world.engagements[0]).toMatchObject({
      at: '2026-01-01T00:00:00.000Z',
      body: '&lt;script&gt;<br>x<br><a href="https://f.example/&quot;&gt;&lt;i&gt;">&lt;b&gt;</a>',
    });
  });

  test('once HubSpot asks to wait no other note is sent (K11)', async () => {
    const session = await connect(rig);
    const refs = [{ type: 'contact', id: rig.hands.addContact({ name: 'Ivan' }) } as const];
    const note = (chatType: string) => ({ refs, text: 'Hello', links: [], chatType, sentAt: 0 });
    const path = '/crm/objects/2026-09/notes';
    const refused = { status: 400, body: { status: 'error', message: 'no' } };
    const sent = () =>
      rig.double.calls.map(({ url }) => url.pathname).filter((one) => /communications|notes/.test(one));

    for (const answer of [refused, { status: 201, body: WRITTEN }, rig.answers.throttled]) rig.double.answer(answer);
    const answers = told(await rig.crm.note(session, Array(4).fill('telegram').map(note)));
    expect(answers.map(({ kind }) => kind)).toEqual(['ok', 'throttled', 'throttled', 'throttled']);
    expect(sent()).toEqual([`${path}/batch/create`, path, path]);

    rig.double.answer(rig.answers.throttled);
    expect(await rig.crm.note(session, ['telegram', 'whatsapp'].map(note))).toMatchObject({ kind: 'throttled' });
    expect(sent()).toHaveLength(4);
  });

  test('the card is opened by who HubSpot says is looking: a user, whose owner is another id', async () => {
    const anna = rig.hands.addUser({ name: 'Anna' });
    const { userId } = rig.world.owners[0] as { userId: number };
    const { accountId } = rig.hands.portal;
    const url = `https://konvert.example/webhooks/frame/hubspot/1?userId=${userId}&portalId=${accountId}`;
    const body = Buffer.from(JSON.stringify({ objectId: 501, objectTypeId: '0-1' }));
    const timestamp = String(rig.clock.now());
    const signature = signatureOf('POST', url, body, timestamp, rig.credentials.clientSecret as string);
    const headers = { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp };
    const { secrets } = rig.hooks;
    const { signal } = new AbortController();
    const open = (more: Partial<CrmRequest>) =>
      rig.crm.frame?.({ method: 'POST', url, headers, body, ...more }, secrets, (call) => call(sessionOf(rig)), signal);

    const once = { id: signature, until: Number(timestamp) + 300_000 };
    expect(await open({})).toEqual({ userId: anna, once, ref: { type: 'contact', id: '501' } });
    expect(await open({ url: url.replace(String(userId), '1') })).toBeUndefined();
    expect(await open({ headers: {} })).toBeUndefined();
    rig.hands.dismissUser(anna);
    expect(await open({})).toBeUndefined();
  });
});
