import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { createFacebook } from '#channels/facebook/index';
import type { Outgoing } from '#channels/outbound';
import { WEBHOOK_SECRET } from '#test/channels/contract-parts';
import { textTo } from '#test/channels/messages';
import { APP_ID, APP_SECRET, startMeta, TOKEN } from '#test/channels/meta/pages';
import { fileOf } from '#test/channels/wapi/outgoing';
import type { Ask } from '#test/judges/ask';
import { judgeWithNpm } from '#test/judges/npm';
import { PATIENCE_MS } from '#test/patience';

// node test/judges/messaging-api-messenger/run.ts: the client messaging-api-messenger of 2021, by somebody else, speaks to
// the double of pages. What it sends is taken, and is what our adapter sends; what it may not send is refused to it. The
// package index is needed: without it nothing is judged, and that is said.

const CLIENT = '5500112233445566';
const LATE = '5500112233445577';
const DAY = 24 * 3_600_000;

/** What our adapter is given for each message of the judge. */
const OURS: Readonly<Record<string, Outgoing>> = {
  text: textTo(CLIENT, 'Café?', {}, 'facebook'),
  'quick replies': withButtons('Choose', [{ text: 'Yes' }, { text: 'No' }]),
  'buttons with an address': withButtons('Look', [
    { text: 'Shop', url: 'https://konvert.example' },
    { text: 'Later', payload: 'later' },
  ]),
  file: { ...textTo(CLIENT, '', {}, 'facebook'), content: { type: 'file', file: fileOf() } },
  'as a person': textTo(LATE, 'Still there?', {}, 'facebook'),
};

const REFUSED: Readonly<Record<string, RegExp>> = {
  'too late': /^Messenger API - 10 .*outside of allowed window/,
  'a tag that has ended': /^Messenger API - 100 .*no longer supported/,
  nobody: /^Messenger API - 100 .*No matching user/,
  'a text that is too long': /^Messenger API - 100 .*Length of param/,
  'another secret': /^Messenger API - 100 .*appsecret_proof/,
};

interface Judged {
  readonly ids: Readonly<Record<string, string>>;
  readonly refused: Readonly<Record<string, string>>;
  readonly page: { readonly id: string; readonly name: string };
  readonly subscription: { readonly object: string; readonly callbackUrl: string };
}

await judgeWithNpm('messaging-api-messenger@1.1.0', join(import.meta.dirname, 'judge.mjs'), judge);

async function judge(ask: Ask): Promise<boolean> {
  const facebook = createFacebook();
  const meta = await startMeta(facebook, { object: 'page' });
  const { pages, callbackUrl } = meta;
  pages.writer(LATE).wroteAt = pages.clock.now() - 2 * DAY;
  pages.meta.humanAgents.add(pages.account.id);
  const about = { token: TOKEN, appId: APP_ID, appSecret: APP_SECRET, verifyToken: WEBHOOK_SECRET };

  const judged = await ask<Judged>({ ...about, origin: meta.baseUrl, to: CLIENT, late: LATE, callbackUrl });

  const credentials = {
    ...about,
    pageId: pages.account.id,
    accessToken: TOKEN,
    apiBaseUrl: meta.baseUrl,
    humanAgent: 'yes',
  };
  const wrong: string[] = [];
  for (const [name, mid] of Object.entries(judged.ids)) {
    const theirs = pages.taken.find((one) => one.mid === mid)?.body;
    const sent = await facebook.outbound.send(credentials, OURS[name]!, AbortSignal.timeout(PATIENCE_MS));
    const ours = pages.taken.find((one) => sent.kind === 'sent' && one.mid === sent.providerId)?.body;
    if (!isDeepStrictEqual(plain(theirs), plain(ours)))
      wrong.push(`${name}: ${JSON.stringify({ theirs, ours, sent })}`);
  }
  for (const [name, words] of Object.entries(REFUSED)) {
    if (!words.test(judged.refused[name] ?? '')) wrong.push(`${name}: ${judged.refused[name]}`);
  }
  if (judged.page.id !== pages.account.id) wrong.push(`page: ${JSON.stringify(judged.page)}`);
  if (judged.subscription.callbackUrl !== callbackUrl) wrong.push(JSON.stringify(judged.subscription));
  await meta.stop();
  console.log(
    wrong.length === 0 ? 'messaging-api-messenger: everything is as it sends and reads it' : wrong.join('\n'),
  );
  return wrong.length === 0 && Object.keys(judged.ids).length === Object.keys(OURS).length;
}

/** Each uploads a file of its own. */
function plain(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body ?? null).replaceAll(/"attachment_id":"\d+"/g, '"attachment_id":"1"'));
}

function withButtons(
  text: string,
  row: { readonly text: string; readonly payload?: string; readonly url?: string }[],
): Outgoing {
  const content = { type: 'text', text, buttons: { place: 'inline', rows: [row] } } as const;
  return { ...textTo(CLIENT, '', {}, 'facebook'), content };
}
