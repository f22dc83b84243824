import { describe, expect, test } from 'vitest';
import type { ReceivedMessage } from '#channels/inbound';
import { textTo } from '#test/channels/messages';
import { tokenOf } from '#test/doubles/evolution/world';
import { ALL_BY_LID, bothIds, last, parse, rig, SECRET, send, sentBodies, signal, to, told, useRig } from './rig.ts';
import { DANA, DANA_JID, DANA_LID, INSTANCE_KEY, OWN_JID, said, status } from './webhooks.ts';

// The worst traps of such a bridge: 7 to 10. The first six are in `traps.test.ts`.

useRig();

describe('7: what is answered with 4xx is never repeated', () => {
  test('so a wrong secret is answered with 503', () => {
    expect(rig.evolution.inbound.repeatsOnlyAfter5xx).toBe(true);
  });

  test('after 503 the bridge repeats with the token that it made first, and that is taken for half an hour', async () => {
    rig.answers = 503;
    await rig.bridge.writes(ALL_BY_LID, { conversation: 'Hi' });
    const verified = () =>
      rig.evolution.inbound.verify(
        { method: 'POST', query: {}, headers: { authorization: last().authorization }, body: new Uint8Array() },
        { credentials: rig.credentials, webhookSecret: SECRET },
      );
    expect(verified()).toBe(true);

    for (let tries = 1; tries < 6; tries += 1) {
      await rig.bridge.retry(300_000);
      expect(verified()).toBe(true);
    }
    rig.bridge.clock.pass(20 * 60_000);
    expect(verified()).toBe(false);
    rig.answers = 401;
    await rig.bridge.retry();
    expect(rig.bridge.waiting()).toBe(0);
  });

  test.each([
    ['another algorithm', { alg: 'none', typ: 'JWT' }, { exp: 9e9, app: 'evolution' }],
    ['another app', { alg: 'HS256' }, { exp: 9e9, app: 'other' }],
    ['no end', { alg: 'HS256' }, { app: 'evolution' }],
  ])('a token with %s is none, though it is signed with the key', async (_, head, claims) => {
    const { createHmac } = await import('node:crypto');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part(head)}.${part(claims)}`;
    const token = `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
    const verify = (authorization: string) =>
      rig.evolution.inbound.verify(
        { method: 'POST', query: {}, headers: { authorization }, body: new Uint8Array() },
        { credentials: rig.credentials, webhookSecret: SECRET },
      );

    expect(verify(`Bearer ${token}`)).toBe(false);
    expect(verify(`Bearer ${tokenOf(SECRET, rig.bridge.clock.now())}`)).toBe(true);
    expect(verify(`Basic ${tokenOf(SECRET, rig.bridge.clock.now())}`)).toBe(false);
  });

  test('an earlier bridge sends the key itself', () => {
    const verify = (headers: Record<string, string>) =>
      rig.evolution.inbound.verify(
        { method: 'POST', query: {}, headers, body: new Uint8Array() },
        { credentials: rig.credentials, webhookSecret: SECRET },
      );

    expect(verify({ jwt_key: SECRET })).toBe(true);
    expect(verify({ jwt_key: SECRET.replace('a', 'b') })).toBe(false);
    expect(verify({ jwt_key: SECRET, authorization: 'Bearer a.b.c' })).toBe(false);
  });

  test('the key of the instance, which is in every body, is in nothing that is read', async () => {
    await rig.bridge.writes(ALL_BY_LID, { hologramMessage: { a: 1 } });

    expect(JSON.stringify(last().body)).toContain(INSTANCE_KEY);
    expect(JSON.stringify(told())).not.toContain(INSTANCE_KEY);
  });
});

describe('8: a number that is taken and never reached', () => {
  test('a reply goes to the address that the client last wrote from', async () => {
    await rig.bridge.writes(ALL_BY_LID, { conversation: 'Hi' });
    const { via } = told()[0] as ReceivedMessage;

    await send({ ...textTo(DANA, 'Yes', { via }, 'whatsapp'), to: bothIds });
    await send({ ...textTo(DANA, 'Yes', {}, 'whatsapp'), to: bothIds });
    await send({ ...textTo(DANA, 'Yes', { via: DANA }, 'whatsapp'), to: bothIds });

    expect(sentBodies().map(({ number }) => number)).toEqual([DANA_LID, DANA_LID, DANA_JID]);
  });

  test('an address that the bridge knows nobody at is not the last one', async () => {
    const no = { status: 400, body: { status: 400, error: 'Bad Request', response: { message: [{ exists: false }] } } };
    rig.bridge.answerNext('POST message/sendText', no);

    expect(await send({ ...textTo(DANA, 'Yes', {}, 'whatsapp'), to: bothIds })).toMatchObject({ kind: 'sent' });
    expect(sentBodies().map(({ number }) => number)).toEqual([DANA_LID, DANA_JID]);
  });

  test('ERROR is a refusal, with WhatsApp’s own code if the bridge has it', async () => {
    await send(textTo(DANA, 'Hi', {}, 'whatsapp'));

    expect(told()).toMatchObject([
      { kind: 'receipt', status: 'failed', error: { code: 'ERROR', reason: 'GENERAL_ERROR' } },
    ]);
    expect(parse(status('ERROR', { messageStubParameters: ['463'] }))).toMatchObject([
      { status: 'failed', error: { code: '463', reason: 'SPAM' } },
    ]);
  });

  test.each([
    ['SERVER_ACK', 'sent'],
    ['DELIVERY_ACK', 'delivered'],
    ['READ', 'read'],
    ['PLAYED', 'played'],
  ])('%s is %s', (word, state) => {
    expect(parse(status(word))).toEqual([
      { kind: 'receipt', of: { providerId: '3EB0OUT17' }, ids: [bothIds[0]], status: state },
    ]);
    expect(parse(status(word, { fromMe: false }))).toMatchObject([{ kind: 'ignored' }]);
  });
});

describe('9: what is sent', () => {
  const file = (kind: 'image' | 'voice', link?: string) => ({
    kind,
    mimeType: kind === 'voice' ? 'audio/ogg' : 'image/jpeg',
    name: 'p.jpg',
    size: 4,
    link,
    open: async () => ReadableStream.from([Buffer.from('jpeg')]),
  });

  test('a file that cannot be read is tried again, and the bridge is not called', async () => {
    const open = () => Promise.reject(new Error('No such file'));

    expect(await send(to({ type: 'file', file: { ...file('image'), open } }))).toMatchObject({ kind: 'unreachable' });
    expect(sentBodies()).toEqual([]);
  });

  test('waits for no typing: the bridge would hold the call for as long', async () => {
    await send(textTo('12025550199', 'Hi', {}, 'whatsapp'));

    expect(sentBodies()).toEqual([{ number: '12025550199@s.whatsapp.net', text: 'Hi' }]);
  });

  test('a file goes by its link, or as it is where there is none; a quote by its id', async () => {
    const quotes = '3EB0M01';

    await send(to({ type: 'file', file: file('image', 'https://konvert.example/p.jpg') }, { quotes }));
    await send(to({ type: 'file', file: file('image') }));
    await send(to({ type: 'file', file: file('voice', 'https://konvert.example/v.ogg') }));

    expect(sentBodies()).toMatchObject([
      {
        mediatype: 'image',
        media: 'https://konvert.example/p.jpg',
        fileName: 'p.jpg',
        quoted: { key: { id: quotes } },
      },
      { media: Buffer.from('jpeg').toString('base64') },
      { audio: 'https://konvert.example/v.ogg', encoding: true },
    ]);
  });

  test('it is edited for fifteen minutes, and deleted', async () => {
    const sent = await send(textTo('12025550199', 'Hi', {}, 'whatsapp'));
    if (sent.kind !== 'sent') return expect.unreachable(sent.kind);
    const message = textTo('12025550199', 'Hello', {}, 'whatsapp');
    const edit = () => rig.evolution.outbound.edit!(rig.credentials, message, sent.providerId, signal());

    expect(await edit()).toEqual({ kind: 'done' });
    expect(rig.bridge.instance.messages.at(-1)?.message).toEqual({ conversation: 'Hello' });
    rig.bridge.clock.pass(16 * 60_000);
    expect(await edit()).toMatchObject({ kind: 'refused', refusal: { reason: 'MESSAGES_EDITING_TIME_EXPIRED' } });
    expect(await rig.evolution.outbound.remove!(rig.credentials, message, sent.providerId, signal())).toEqual({
      kind: 'done',
    });
    expect(rig.bridge.instance.messages).toEqual([]);
    expect(rig.evolution.outbound.editHours).toBe(0.25);
  });
});

describe('10: a state that is none', () => {
  const report = async () => {
    const inspected = await rig.evolution.setup.inspect!(
      { credentials: rig.credentials, webhookSecret: SECRET },
      rig.heard.baseUrl,
      signal(),
    );
    return inspected.report?.link;
  };

  test('a bridge that says open and reaches nobody is not active', async () => {
    expect(await report()).toBe('active');
    rig.bridge.instance.isMute = true;
    expect(await report()).toBe('phoneUnavailable');
  });

  test.each([
    [{ state: 'connecting' as const }, 'init'],
    [{ state: 'close' as const }, 'phoneUnavailable'],
    [{ state: 'close' as const, disconnectionReasonCode: 401 }, 'qridle'],
    [{ state: 'close' as const, disconnectionReasonCode: 440 }, 'openelsewhere'],
    [{ state: 'connecting' as const, ownerJid: null }, 'qridle'],
  ])('%j is %s', async (change, link) => {
    Object.assign(rig.bridge.instance, change);

    expect(await report()).toBe(link);
  });

  test('the QR code is made when it is asked for, and gone once it was scanned', async () => {
    Object.assign(rig.bridge.instance, { state: 'close', ownerJid: null, code: null });
    const link = () => rig.evolution.setup.link!(rig.credentials, signal());

    expect(await link()).toEqual({ state: 'init' });
    rig.bridge.instance.code = '2@abc';
    expect(await link()).toEqual({ state: 'qridle', qr: '2@abc' });
    Object.assign(rig.bridge.instance, { state: 'open', ownerJid: OWN_JID });
    expect(await link()).toEqual({ state: 'active' });
  });

  test('groups, statuses, channels and notes to oneself are ignored', () => {
    const of = (remoteJid: string) => parse(said({ conversation: 'Hi' }, {}, { remoteJid }));

    expect(['1203@g.us', 'status@broadcast', '120@newsletter', '1@bot', OWN_JID, 'x'].map((jid) => of(jid)[0])).toEqual(
      ['group', 'broadcast', 'newsletter', 'bot', 'own-notes', 'no-person'].map((reason) => ({
        kind: 'ignored',
        reason,
      })),
    );
  });
});
