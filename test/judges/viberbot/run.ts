import { join } from 'node:path';
import type { OutgoingContent, OutgoingFile } from '#channels/outbound';
import { createViber } from '#channels/viber/index';
import { toKeyboard } from '#channels/viber/keyboard';
import type { Buttons } from '#domain/message';
import { textTo } from '#test/channels/messages';
import { startReceiver } from '#test/channels/receiver';
import { startViber } from '#test/doubles/viber';
import { startWebhook } from '#test/doubles/webhook';
import type { Ask } from '#test/judges/ask';
import { areSame, type Check } from '#test/judges/checks';
import { judgeWith } from '#test/judges/python';
import { PATIENCE_MS } from '#test/patience';

// node test/judges/viberbot/run.ts: Viber's own client of Python speaks to the double of Viber. What it sends is taken, and
// is what our adapter sends; what the double posts, it verifies and reads. Python and the package index are needed: without
// them nothing is judged, and that is said.

const VIBERBOT = 'viberbot==1.0.12';
const OLENA = 'Zm9vYmFyMDE=';
const LEFT = 'bGVmdA==';
const LINK = 'https://konvert.example/files/f1/';
const BUTTONS: Buttons = { place: 'reply', rows: [[{ text: 'Yes' }, { text: 'No' }]] };

function file(kind: OutgoingFile['kind'], mimeType: string, name: string): OutgoingContent {
  const open = () => Promise.reject(new Error('it goes by its link'));
  return { type: 'file', file: { kind, mimeType, name, size: 500, link: LINK + name, open } };
}

/** What our adapter is given for each message of the judge. */
const OURS: Readonly<Record<string, OutgoingContent>> = {
  text: { type: 'text', text: 'Café? Дякую' },
  keyboard: { type: 'text', text: 'Choose', buttons: BUTTONS },
  picture: file('image', 'image/jpeg', 'p.jpg'),
  video: file('video', 'video/mp4', 'v.mp4'),
  file: file('document', 'application/pdf', 'a.pdf'),
};

interface Judged {
  readonly sent: Readonly<Record<string, string>>;
  readonly refused: Readonly<Record<string, string>>;
  readonly account: Readonly<Record<string, unknown>>;
  readonly events: readonly string[];
  readonly read: readonly Readonly<Record<string, unknown>>[];
}

await judgeWith(VIBERBOT, join(import.meta.dirname, 'judge.py'), judge);

async function judge(ask: Ask): Promise<boolean> {
  const messenger = createViber();
  const viber = await startViber();
  const receiver = await startReceiver(messenger, { credentials: {}, webhookSecret: '' });
  const heard = await startWebhook();
  const credentials = { authToken: viber.authToken, senderName: 'Konvert', apiBaseUrl: viber.baseUrl };
  const olena = viber.person(OLENA, 'Олена / 😀');
  viber.person(LEFT);
  viber.webhook = heard.baseUrl;

  const said = [
    viber.writes(olena, { type: 'text', text: 'Café / 😀' }),
    viber.sendsFile(olena, 'picture', 'p.jpg', Buffer.from('jpeg')),
    viber.writes(olena, { type: 'sticker', sticker_id: 46_105 }),
    viber.writes(olena, { type: 'contact', contact: { name: 'Ihor', phone_number: '+380441112233' } }),
    viber.writes(olena, { type: 'location', location: { lat: 50.4501, lon: 30.5234 } }),
    viber.writes(olena, { type: 'url', media: 'https://shop.example/1' }),
  ];
  const mine: string[] = [];
  for (const [name, content] of Object.entries(OURS)) {
    const outgoing = { ...textTo(OLENA, '', {}, 'viber'), content };
    const sent = await messenger.outbound.send(credentials, outgoing, AbortSignal.timeout(PATIENCE_MS));
    if (sent.kind !== 'sent') throw new Error(`Our ${name} was not taken: ${JSON.stringify(sent)}`);
    mine.push(sent.providerId);
  }
  viber.opensChat(olena, 'ad-7');
  viber.subscribes(olena);
  viber.tell(mine[0]!, 'delivered');
  viber.tell(mine[0]!, 'seen');
  viber.tell(mine[1]!, 'failed', 'User not subscribed');
  viber.leaves(viber.person('eA=='));
  await viber.deliver();

  const callbacks = heard.calls.map(({ bytes, headers }) => ({
    raw: bytes.toString('latin1'),
    signature: headers['x-viber-content-signature'],
  }));
  callbacks.push({ ...callbacks[0]!, raw: callbacks[0]!.raw.replace('Caf', 'caf') });
  const given = {
    base: viber.baseUrl,
    token: viber.authToken,
    webhook: receiver.url,
    to: OLENA,
    left: LEFT,
    link: LINK,
    keyboard: toKeyboard(BUTTONS),
    callbacks,
  };
  const judged = await ask<Judged>(given);
  const bodyOf = (token: string | undefined) => viber.taken.find((one) => one.token === token)?.body;
  const checks: Check[] = [
    ...Object.keys(OURS).map(
      (name, at): Check => [`sends ${name}`, plain(bodyOf(judged.sent[name])), plain(bodyOf(mine[at]))],
    ),
    ['sets the webhook', viber.webhook, receiver.url],
    ['hears of the events', judged.events, ['delivered', 'seen', 'failed', 'conversation_started', 'message']],
    ['reads the account', [judged.account.id, judged.account.webhook], ['pa:75346594275468546724', receiver.url]],
    [
      'is refused with 200',
      judged.refused,
      {
        nobody: 'failed with status: 5, message: receiverNotRegistered',
        left: 'failed with status: 6, message: receiverNotSubscribed',
      },
    ],
    [
      'reads what came, with tokens of 64 bits',
      judged.read.filter(({ what }) => what === 'message').map(({ token }) => token),
      said,
    ],
    [
      'reads every event',
      judged.read.map(({ what }) => what).filter((what) => what !== 'message'),
      ['conversation_started', 'subscribed', 'delivered', 'seen', 'failed', 'unsubscribed', 'refused'],
    ],
    ['reads the person', judged.read[0]?.person, [OLENA, 'Олена / 😀']],
    ['reads the words', (judged.read[0]!.message as { text: string }).text, 'Café / 😀'],
    ['reads the file', (judged.read[1]!.message as { media: string }).media.startsWith(viber.baseUrl), true],
    ['reads the failure', judged.read.find(({ what }) => what === 'failed')?.desc, 'User not subscribed'],
  ];
  await Promise.all([viber.stop(), receiver.stop(), heard.stop()]);
  return areSame(VIBERBOT, checks);
}

/** A body without what may differ: the token, which it sends in the body, its picture, and what we send along. */
function plain(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body ?? null), (name, value) =>
    ['auth_token', 'avatar', 'tracking_data', 'min_api_version'].includes(name) ? undefined : value,
  );
}
