import { join } from 'node:path';
import { createMaxbot } from '#channels/maxbot/index';
import type { OutgoingContent } from '#channels/outbound';
import { parserOf } from '#test/channels/messages';
import { fileOf } from '#test/channels/wapi/outgoing';
import { BOT_ID, MAX_TOKEN, startMax } from '#test/doubles/max';
import type { Ask } from '#test/judges/ask';
import { areSame, type Check } from '#test/judges/checks';
import { judgeWith } from '#test/judges/python';
import { PATIENCE_MS } from '#test/patience';

// node test/judges/maxapi/run.ts: the client maxapi, by somebody else and in another language, speaks to the double of MAX.
// What it sends is taken, and is what our adapter sends; what the double tells, it reads. Python and the package index are
// needed: without them nothing is judged, and that is said.

const MAXAPI = 'maxapi==1.2.3';
const DANA = 10001;
const bytes = Buffer.from('what is in it');

/** What our adapter is given for each message of the judge. */
const OURS: Readonly<Record<string, OutgoingContent>> = {
  text: { type: 'text', text: 'Café?' },
  looks: { type: 'text', text: '*Café* & _bar_' },
  buttons: {
    type: 'text',
    text: 'Choose',
    buttons: {
      place: 'inline',
      rows: [
        [
          { text: 'Yes', payload: 'y' },
          { text: 'Site', url: 'https://a.example' },
        ],
      ],
    },
  },
  quote: { type: 'text', text: 'Yes' },
  image: { type: 'file', file: fileOf({ kind: 'image', mimeType: 'image/png', bytes }) },
  video: { type: 'file', file: fileOf({ kind: 'video', mimeType: 'video/mp4', bytes }) },
  audio: { type: 'file', file: fileOf({ kind: 'audio', mimeType: 'audio/mpeg', bytes }) },
  file: { type: 'file', file: fileOf({ bytes }) },
};

interface Judged {
  readonly me: unknown;
  readonly sent: Readonly<Record<string, string>>;
  readonly video: string;
  readonly fetched: readonly string[];
  readonly read: readonly ({ readonly what: string; readonly who: number; readonly mid: string | null } | null)[];
  readonly refused: unknown;
  readonly done: unknown;
}

await judgeWith(MAXAPI, join(import.meta.dirname, 'judge.py'), judge);

async function judge(ask: Ask): Promise<boolean> {
  const max = await startMax({ takesToken: true });
  const maxbot = createMaxbot();
  const credentials = { botToken: MAX_TOKEN, apiBaseUrl: max.baseUrl };
  const asked = max.writes(DANA, { text: 'Open?' });
  const quoted = (asked.message as { body: { mid: string } }).body.mid;
  max.videos.set('vt-1', bytes);

  const mine: Record<string, string> = {};
  for (const [name, content] of Object.entries(OURS)) {
    const to = [{ chatType: 'max', chatId: String(DANA) }] as const;
    const message = { to, content, key: name, opaque: 'chat', ...(name === 'quote' && { quotes: quoted }) };
    let sent = await maxbot.outbound.send(credentials, message, AbortSignal.timeout(PATIENCE_MS));
    while (sent.kind === 'notReady')
      sent = await maxbot.outbound.send(credentials, message, AbortSignal.timeout(PATIENCE_MS));
    if (sent.kind !== 'sent') throw new Error(`Our ${name} was not taken: ${JSON.stringify(sent)}`);
    mine[name] = sent.providerId;
  }
  const bodies = () => new Map(max.taken.map(({ mid, ...message }) => [mid, plain(message)]));
  const ours = bodies();

  const press = max.presses(DANA, 'y', mine.buttons);
  const stopped = { update_type: 'bot_stopped', timestamp: 5, chat_id: 9, user: asked.message && userOf(asked) };
  const updates = [asked, press, stopped];
  await max.deliver(asked);
  const pressed = (press.callback as { callback_id: string }).callback_id;
  const taken = bodies();
  const judged = await ask<Judged>({
    base: max.baseUrl,
    token: MAX_TOKEN,
    user: DANA,
    quoted,
    pressed,
    updates,
  });
  const theirs = bodies();
  // What was edited and deleted meanwhile is compared as it was sent: as far as it is still there.
  const compared = Object.keys(OURS).filter((name) => name !== 'looks' && name !== 'text');
  const parse = parserOf(maxbot);
  const ids = updates.map((update) => {
    const [item] = parse(update, String(BOT_ID));
    return item && 'ids' in item ? Number(item.ids[0]?.chatId) : undefined;
  });
  const checks: Check[] = [
    ['who the bot is', judged.me, [BOT_ID, 'konvert_bot']],
    ...compared.map(
      (name): Check => [`sends ${name}`, theirs.get(judged.sent[name] ?? ''), ours.get(mine[name] ?? '')],
    ),
    ['edits', theirs.get(judged.sent.text ?? ''), { ...(ours.get(mine.text ?? '') as object), text: 'Café!' }],
    ['deletes', theirs.has(judged.sent.looks ?? ''), false],
    ['leaves ours', taken.size, ours.size],
    ['edits, deletes, answers', judged.done, [true, true, true]],
    ['hears why not', judged.refused, [404, 'dialog.not.found']],
    ['finds the video', judged.video, `${max.baseUrl}/files/video/vt-1`],
    ['fetches', judged.fetched, ['message_created']],
    ['reads who wrote', judged.read.map((one) => one?.who), ids],
    ['reads what came', judged.read.map((one) => one?.what), updates.map(({ update_type }) => update_type)],
  ];
  await max.stop();
  return areSame(MAXAPI, checks);
}

function userOf(update: object): unknown {
  return (update as { message: { sender: unknown } }).message.sender;
}

/** A message without what may differ: tokens, and what stands for what is meant anyway. */
function plain(message: object): unknown {
  return JSON.parse(JSON.stringify(message), (name, value) => {
    if (name === 'at') return undefined;
    if (name === 'token') return 'a token';
    return name === 'intent' && value === 'default' ? undefined : value;
  });
}
