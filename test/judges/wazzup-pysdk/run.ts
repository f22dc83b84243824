import { join } from 'node:path';
import type { Ask } from '#test/judges/ask';
import { judgeWith } from '#test/judges/python';
import { settings } from '#test/wazzup/entities';
import { clientSends, metaSays, metaTells, receiverAnswers } from '#test/wazzup/event-steps';
import { type Playing, playIn } from '#test/wazzup/playing';
import type { Step } from '#test/wazzup/row';
import { openShop } from '#test/wazzup/shop';
import { clientWrites, clientWritesToNumber, eventually, pass, telegramAnswers } from '#test/wazzup/steps';

// node test/judges/wazzup-pysdk/run.ts: a client of Wazzup by somebody else, with nothing but its address changed, speaks
// to Konvert, and reads the events that Konvert sends. Python and the package index are needed: without them nothing is
// judged, and that is said.

const CLIENT = 'wazzup-pysdk==0.1.8';
const CHAT = 501;
/**
 * What it cannot read, though the reference has it so: a failed message has `error: {error, description}` there, and
 * `{code}` in this client.
 */
const KNOWN = /messages\.\d+\.error\.code/;

type Judged = Readonly<Record<string, string>>;

await judgeWith(CLIENT, join(import.meta.dirname, 'judge.py'), judge);

async function judge(ask: Ask): Promise<boolean> {
  const shop = await openShop();
  try {
    const playing = await playIn(shop);
    await playing.clientWrites('hello');
    await playing.whatsApp();
    const [base, key, channel, hook] = [
      `http://127.0.0.1:${shop.port}`,
      ...(await names(playing, 'key', 'bot', 'hook')),
    ];
    const calls = { base, key, channel, chat: String(CHAT), hook };
    const asked = await ask<Judged>({ calls });
    await happen(playing);
    const read = await ask<Judged>({ events: playing.events() });
    return report({ ...asked, ...read });
  } finally {
    await shop.stop();
  }
}

/** Everything of which a receiver is told. */
async function happen(playing: Playing): Promise<void> {
  const must = async (ask: string, body?: unknown) => {
    const answer = await playing.call({ ask, body });
    if (answer.status >= 300) throw new Error(`${ask}: ${answer.status} ${answer.text}`);
  };
  const play = async (...steps: readonly Step[]) => {
    for (const step of steps) await step(playing);
  };
  const roles = { 17: 'seller with switch' } as const;
  const inTurn = settings(roles, { mode: 'round-robin', pipelineId: '1', stageId: '10' });
  const byReply = settings(roles, { mode: 'first-reply' }, '{number}');
  for (const { ask, body } of [inTurn, byReply]) await must(ask, body);

  await play(receiverAnswers(200, {}, { id: 'made' }), clientWrites('I am new', 502));
  await play(
    clientSends({ photo: [{ file_id: 'f1', file_unique_id: 'u1', width: 9, height: 6 }], caption: 'Look' }),
    clientSends({ contact: { phone_number: '79001112244', first_name: 'Boris' } }),
    clientSends({ location: { latitude: 59.93, longitude: 30.33 } }),
    clientSends({ hologram: {} }),
    clientWritesToNumber('hello'),
    clientWritesToNumber('Quoting', { context: { from: '79001112233', id: 'wamid.unknown' } }),
  );
  const toNumber = { channelId: '{number}', chatType: 'whatsapp', chatId: '79001112233', crmUserId: '17' };
  await must('POST /v3/message', { ...toNumber, text: 'Welcome' });
  await play(metaTells('delivered'), metaTells('read'));
  await must('POST /v3/message', { ...toNumber, contentUri: '{files}/picture.png' });
  await play(metaTells('failed', 131026));
  await play(telegramAnswers('sendMessage', 403, 'Forbidden: bot was blocked by the user'));
  await must('POST /v3/message', { channelId: '{bot}', chatType: 'telegram', chatId: '502', text: 'Welcome' });
  const template = { message_template_id: 71, message_template_name: 'order', message_template_language: 'en' };
  await play(
    metaSays('message_template_status_update', { event: 'APPROVED', ...template }),
    metaSays('business_capability_update', { max_daily_conversations_per_business: 250 }),
    pass(60_000),
  );
  await must('PATCH /v1/channels/{number}', { enabled: false });
  await must('DELETE /v1/channels/{bot}');
  const TOLD = ['messages', 'statuses', 'createContact', 'createDeal', 'channelsUpdates', 'templateStatus'];
  await eventually(async () => {
    const missing = TOLD.filter((name) => !playing.events().some((event) => name in event));
    if (missing.length > 0) throw new Error(`Nothing was told of ${missing}`);
    if (playing.events().filter(({ channelsUpdates }) => channelsUpdates).length < 3) throw new Error('Not all states');
  });
}

function names(playing: Playing, ...wanted: string[]): Promise<unknown[]> {
  return Promise.all(wanted.map((name) => playing.named(name)));
}

function report(judged: Judged): boolean {
  const wrong = Object.entries(judged).filter(([, what]) => what !== '');
  const known = wrong.filter(([, what]) => KNOWN.test(what));
  const failed = wrong.filter(([, what]) => !KNOWN.test(what));
  for (const [name, what] of failed) console.log(`${name}: ${what}`);
  const passed = Object.keys(judged).length - wrong.length;
  console.log(
    `${CLIENT}: ${passed} passed, ${failed.length} failed, ${known.length} cannot be read as the reference has it`,
  );
  return failed.length === 0 && known.length > 0;
}
