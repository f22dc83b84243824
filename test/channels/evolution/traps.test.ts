import { describe, expect, test } from 'vitest';
import type { ReceivedMessage } from '#channels/inbound';
import { textTo } from '#test/channels/messages';
import { startEvolution } from '#test/doubles/evolution';
import { startHttpDouble } from '#test/doubles/http';
import { ALL_BY_LID, bothIds, chatIds, HIDDEN, only, parse, rig, SECRET, send, signal, told, useRig } from './rig.ts';
import { DANA, DANA_JID, DANA_LID, echoed, said, status, TIME, webhook } from './webhooks.ts';

// The ten worst traps of such a bridge, and what became of each: 1 to 6. The others are in `bridge.test.ts`.

useRig();

describe('1: an address without a number', () => {
  test('is an alias of the number if the bridge knows it, whichever is in the first place', () => {
    const swapped = said({ conversation: 'Hi' }, {}, { remoteJid: DANA_JID, remoteJidAlt: DANA_LID });
    const stored = said({ conversation: 'Hi' }, {}, { remoteJid: DANA_LID, remoteJidAlt: DANA_JID });

    expect([only(swapped), only(stored)].map(chatIds)).toEqual([
      [DANA, DANA_LID],
      [DANA, DANA_LID],
    ]);
    expect(only(swapped)).toEqual(only(stored));
  });

  test('or a number of somebody else beside it makes no two people one', () => {
    const [other, otherLid] = ['12025550199@s.whatsapp.net', '99887766554433@lid'];
    const two = (key: object) => chatIds(only(said({ conversation: 'Hi' }, {}, { ...key })));

    expect(two({ remoteJid: DANA_JID, remoteJidAlt: other })).toEqual([DANA]);
    expect(two({ remoteJid: DANA_JID, remoteJidAlt: DANA_LID, senderPn: other })).toEqual([DANA, DANA_LID]);
    expect(two({ remoteJid: DANA_LID, senderPn: DANA_JID, senderLid: otherLid })).toEqual([DANA, DANA_LID]);
    const call = webhook('call', [{ id: 'c1', from: DANA_JID, callerPn: other, status: 'timeout' }]);
    expect(chatIds(parse(call)[0])).toEqual([DANA]);
  });

  test('alone is the chat, and its digits are no phone number', async () => {
    await rig.bridge.writes(HIDDEN, { conversation: 'Hi' });

    expect(told()).toMatchObject([{ kind: 'client', author: { id: HIDDEN.lid, name: 'Zoe' }, via: HIDDEN.lid }]);
    expect(chatIds(told()[0])).toEqual([HIDDEN.lid]);
  });

  test('is no name either, when the bridge knows none', () => {
    const lid = { remoteJid: DANA_LID };

    expect(only(said({ conversation: 'Hi' }, { pushName: '174788123316419' }, lid)).author).toEqual({ id: DANA_LID });
    expect(only(said({ conversation: 'Hi' }, { pushName: DANA })).author).toEqual({ id: DANA });
  });
});

describe('2: messages that the bridge dropped', () => {
  test('come in late, by the same keys as if they had come at once', async () => {
    const first = await rig.bridge.writes(ALL_BY_LID, { conversation: 'One' });
    const atOnce = told();
    rig.bridge.instance.webhook = { ...rig.bridge.instance.webhook!, enabled: false };
    rig.bridge.clock.pass(1000);
    await rig.bridge.writes(ALL_BY_LID, { conversation: 'Two' }, { stanzaId: first.id });
    rig.bridge.clock.pass(1000);
    await rig.bridge.writesOnPhone(ALL_BY_LID, { conversation: 'Three' });
    const from = rig.bridge.clock.now() - 2 * 3_600_000;

    const bodies = await rig.evolution.inbound.recent!(
      { credentials: rig.credentials, webhookSecret: SECRET },
      from,
      signal(),
    );

    const found = bodies.flatMap(parse);
    expect(found[0]).toEqual(atOnce[0]);
    expect(found).toMatchObject([
      { kind: 'client', content: { text: 'One' } },
      { kind: 'client', content: { text: 'Two', quoted: { providerId: first.id } } },
      { kind: 'echo', content: { text: 'Three' } },
    ]);
  });

  test('are found page by page, and no older ones', async () => {
    rig.bridge.instance.webhook = undefined;
    for (let count = 0; count < 130; count += 1) await rig.bridge.writes(ALL_BY_LID, { conversation: `${count}` });
    rig.bridge.clock.pass(3 * 3_600_000);
    for (let count = 130; count < 260; count += 1) await rig.bridge.writes(ALL_BY_LID, { conversation: `${count}` });
    const from = rig.bridge.clock.now() - 2 * 3_600_000;

    const bodies = await rig.evolution.inbound.recent!(
      { credentials: rig.credentials, webhookSecret: SECRET },
      from,
      signal(),
    );

    const texts = bodies.map((body) => only(body).content.text);
    expect(new Set(texts)).toEqual(new Set(Array.from({ length: 130 }, (_, index) => `${index + 130}`)));
    expect(texts).toHaveLength(130);
  });
});

test('2: a list without an end is read until so much of it is known', async () => {
  const records = Array.from({ length: 100 }, () => ({ message: { conversation: 'x'.repeat(30_000) } }));
  const bridge = await startHttpDouble(
    ({ url }) => ({ method: url.pathname }),
    ({ method }) => ({
      status: 200,
      body: method.includes('findMessages') ? { messages: { pages: 1e9, records } } : [],
    }),
  );
  const credentials = { ...rig.credentials, serverUrl: bridge.baseUrl };

  const bodies = await rig.evolution.inbound.recent!({ credentials, webhookSecret: SECRET }, 0, signal());
  await bridge.stop();

  expect(bodies).toHaveLength(300);
});

test('3: the same message again and again has the same key', () => {
  const all = Array.from({ length: 837 }, () => only(said({ conversation: 'Hi' })));

  expect(new Set(all.map(({ providerId, time }) => `${providerId}#${time}`)).size).toBe(1);
});

describe('4: what we sent comes back, or not', () => {
  test('it has the id of the answer, whichever comes first, and nothing but the id tells that it is ours', async () => {
    await rig.bridge.stop();
    rig.bridge = await startEvolution({ people: [ALL_BY_LID], echoesBeforeAnswer: true });
    rig.credentials = { ...rig.credentials, serverUrl: rig.bridge.baseUrl };
    await rig.evolution.setup.register({ credentials: rig.credentials, webhookSecret: SECRET }, rig.heard.baseUrl);

    const sent = await send(textTo(DANA, 'Until 9', {}, 'whatsapp'));

    const echoes = rig.heard.calls.flatMap(({ body }) => parse(body)) as ReceivedMessage[];
    expect(echoes.slice(0, 2)).toMatchObject([{ kind: 'echo' }, { kind: 'echo', by: 'automatic' }]);
    if (sent.kind !== 'sent') return expect.unreachable(sent.kind);
    expect(echoes.slice(0, 2).map(({ providerId }) => providerId)).toEqual([sent.providerId, sent.providerId]);
    expect(rig.evolution.inbound.echoesOwn).toBe(true);
  });
});

describe('5: edits and deletions', () => {
  test('a client’s edit names no chat of theirs: it is taken from the list of messages, with person and words', async () => {
    const { id } = await rig.bridge.writes(ALL_BY_LID, { conversation: 'Tomorow' });
    const before = rig.heard.calls.length;
    await rig.bridge.edits(ALL_BY_LID, id, 'Tomorrow');

    expect(rig.heard.calls.slice(before).flatMap(({ body }) => parse(body))).toEqual([
      { kind: 'ignored', reason: 'edit-of-somebody' },
      { kind: 'ignored', reason: 'update-of-clients' },
    ]);
    const bodies = await rig.evolution.inbound.recent!(
      { credentials: rig.credentials, webhookSecret: SECRET },
      0,
      signal(),
    );
    expect(bodies.flatMap(parse)).toMatchObject([
      { kind: 'edit', providerId: id, ids: bothIds, content: { type: 'text', text: 'Tomorrow' } },
    ]);
  });

  test('a later bridge tells person and words at once', () => {
    const message = { editedMessage: { message: { conversation: 'Tomorrow' } } };

    expect(parse(status('SERVER_ACK', { fromMe: false, keyId: '3EB0M01', message }))).toMatchObject([
      { kind: 'edit', providerId: '3EB0M01', content: { text: 'Tomorrow' } },
    ]);
  });

  test('an edit that was made on our phone names the chat', () => {
    const key = { id: '3EB0E01', remoteJid: DANA_JID, fromMe: true };
    const edit = { key, type: 'MESSAGE_EDIT', editedMessage: { conversation: 'Until 10' }, timestampMs: `${TIME}000` };

    expect(parse(webhook('messages.edited', edit))).toMatchObject([
      { kind: 'edit', providerId: '3EB0E01', time: TIME * 1000, content: { text: 'Until 10' } },
    ]);
    expect(parse(webhook('messages.edited', { ...edit, type: 'EPHEMERAL_SETTING' }))).toMatchObject([
      { reason: 'other-change' },
    ]);
  });

  test('DELETED in messages.update is a change without a state, and never a deletion', () => {
    expect(parse(status('DELETED', { fromMe: false }))).toEqual([{ kind: 'ignored', reason: 'update-of-clients' }]);
    expect(parse(status('DELETED'))).toEqual([{ kind: 'ignored', reason: 'nothing' }]);
  });

  test('a deletion has an event of its own, in two shapes', () => {
    const key = { id: '3EB0M01', remoteJid: DANA_JID, fromMe: false };
    const deletion = { kind: 'deletion', providerId: '3EB0M01', ids: [bothIds[0]] };

    expect(parse(webhook('messages.delete', { ...key, status: 'DELETED' }))).toEqual([deletion]);
    expect(parse(webhook('messages.delete', { id: 'row7', key, status: 'DELETED' }))).toEqual([deletion]);
  });

  test('a reaction replaces the one before, and ours is none', () => {
    const reaction = (text: string) => ({ reactionMessage: { key: { id: '3EB0E01', fromMe: true }, text } });

    expect(parse(said(reaction('👍')))).toMatchObject([{ kind: 'reaction', providerId: '3EB0E01', emojis: ['👍'] }]);
    expect(parse(said(reaction('')))).toMatchObject([{ kind: 'reaction', emojis: [] }]);
    expect(parse(echoed(reaction('👍')))).toEqual([{ kind: 'ignored', reason: 'own-reaction' }]);
  });
});

describe('6: bodies with whole files in them', () => {
  test('are not asked for, and a bridge that sends them anyhow has to be told again', async () => {
    const inspect = () =>
      rig.evolution.setup.inspect!(
        { credentials: rig.credentials, webhookSecret: SECRET },
        rig.heard.baseUrl,
        signal(),
      );

    expect(await inspect()).toMatchObject({ kind: 'listening', report: { link: 'active' } });
    rig.bridge.instance.webhook = { ...rig.bridge.instance.webhook!, webhookBase64: true };
    expect(await inspect()).toMatchObject({ kind: 'deaf', why: 'the webhook has whole files in it' });
    expect(rig.evolution.inbound.maxBodyBytes).toBe(5 * 1024 * 1024);
  });
});
