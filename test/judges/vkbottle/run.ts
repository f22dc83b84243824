import { join } from 'node:path';
import type { OutgoingContent } from '#channels/outbound';
import { createVk } from '#channels/vk/index';
import { credentialsOf, fileOf, toPerson } from '#test/channels/vk/outgoing';
import { startReceiver } from '#test/channels/vk/receiver';
import { startVk, type VkDouble } from '#test/doubles/vk';
import type { Ask } from '#test/judges/ask';
import { areSame, type Check } from '#test/judges/checks';
import { judgeWith } from '#test/judges/python';
import { PATIENCE_MS } from '#test/patience';

// node test/judges/vkbottle/run.ts: the client vkbottle, by somebody else and in another language, speaks to the double of
// VK. What it sends is taken, and is what our adapter sends; what the double tells, it reads. Python and the package index are
// needed: without them nothing is judged, and that is said.

const VKBOTTLE = 'vkbottle==4.11.0';
const ANNA = 30020010;
const bytes = Buffer.from('what is in it');

/** What our adapter is given for each message of the judge. */
const OURS: Readonly<Record<string, OutgoingContent>> = {
  text: { type: 'text', text: 'Café?' },
  buttons: {
    type: 'text',
    text: 'Choose',
    buttons: {
      place: 'inline',
      rows: [[{ text: 'Yes', payload: 'y' }], [{ text: 'Site', url: 'https://a.example' }]],
    },
  },
  quote: { type: 'text', text: 'Yes' },
  image: { type: 'file', file: fileOf({ kind: 'image', mimeType: 'image/jpeg', name: 'picture.jpg', bytes }) },
  file: { type: 'file', file: fileOf({ bytes }) },
};

interface Judged {
  readonly group: unknown;
  readonly code: string;
  readonly found: number;
  readonly hears: unknown;
  readonly sent: Readonly<Record<string, number>>;
  readonly pressed: number;
  readonly refused: unknown;
  readonly read: readonly unknown[];
}

await judgeWith(VKBOTTLE, join(import.meta.dirname, 'judge.py'), judge);

async function judge(ask: Ask): Promise<boolean> {
  const vk = await startVk();
  const adapter = createVk();
  const channel = { credentials: credentialsOf(vk), webhookSecret: 'f'.repeat(64) };
  const receiver = await startReceiver(adapter, () => channel);
  await adapter.setup.register(channel, receiver.url);
  const anna = vk.person({ id: ANNA });
  const quoted = vk.writes(anna, 'Open < 9 & later?');
  const press = vk.presses(anna, { t: 'Yes', p: 'y' }, quoted);

  const mine: Record<string, number> = {};
  for (const [name, content] of Object.entries(OURS)) {
    const message = toPerson(String(ANNA), content, { key: name, ...(name === 'quote' && { quotes: String(quoted) }) });
    const sent = await adapter.outbound.send(channel.credentials, message, AbortSignal.timeout(PATIENCE_MS));
    if (sent.kind !== 'sent') throw new Error(`Our ${name} was not taken: ${JSON.stringify(sent)}`);
    mine[name] = Number(sent.providerId);
  }
  vk.reads(anna, mine.text ?? 0);
  vk.tell('message_deny', { user_id: ANNA });
  vk.tell('message_reaction_event', { reacted_id: ANNA, peer_id: ANNA, cmid: mine.text, reaction_id: 4 });
  await vk.deliver();
  const updates = vk.told.filter(({ type }, at, all) => all.findIndex((one) => one.type === type) === at);
  vk.clock.pass(1_000);

  const judged = await ask<Judged>({
    base: vk.baseUrl,
    token: vk.token,
    group: vk.groupId,
    user: ANNA,
    quoted,
    press,
    url: receiver.url,
    updates,
  });

  const checks: Check[] = [
    ['whose the token is', judged.group, [vk.groupId, 'konvert_co']],
    ['the code', judged.code, vk.confirmation.code],
    ['finds the server that we have added', judged.found, vk.servers[0]?.id],
    ['which hears of messages', Number(judged.hears), 1],
    ...Object.keys(OURS).map(
      (name): Check => [`sends ${name}`, messageOf(vk, judged.sent[name]), messageOf(vk, mine[name])],
    ),
    ['the same random_id is the same message', judged.sent.again, judged.sent.text],
    ['acknowledges a press', judged.pressed, 1],
    ['hears why not', judged.refused, [901, "Can't send messages for users without permission"]],
    ['reads what came', judged.read, updates.map(({ type }) => [type, ANNA, textOf(type)])],
    ['and so do we', receiver.received.filter(({ kind }) => kind === 'ignored'), []],
  ];
  await receiver.stop();
  await vk.stop();
  return areSame(VKBOTTLE, checks);
}

function textOf(type: unknown): string | null {
  if (type === 'message_new') return 'Open &lt; 9 &amp; later?';
  return type === 'message_reply' ? 'Café?' : null;
}

/** A message without what may differ: ids, names of files, and the look of buttons. */
function messageOf(vk: VkDouble, cmid: number | undefined): unknown {
  const message = vk.messages.find((one) => one.cmid === cmid);
  const files = message?.attachments.map((one) => [one.split('-')[0], vk.saved.get(one)?.bytes.toString()]);
  const { text, keyboard, forward } = message ?? {};
  return JSON.parse(JSON.stringify({ text, files, keyboard, forward }), (name, value) =>
    name === 'color' || name === 'one_time'
      ? undefined
      : name === 'payload' && typeof value === 'string'
        ? JSON.parse(value)
        : value,
  );
}
