import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod/mini';
import type { chatList, chat as chatSchema, messageList } from '#http/contract';
import { type DemoAccount, readDemoAccount } from '#local/demo-account';
import { DEMO_PATH } from '#local/demo-messenger';
import { readEnvironment } from '#local/environment';
import { EnvironmentError } from '#local/errors';
import { type Call, call, StepError, show as showCall } from './printed-calls.ts';

const USAGE = `Usage: npm run konvert -- demo <step>
  demo write [text]   the demo client writes to you
  demo list           the chats of the demo account, unanswered ones first
  demo reply [text]   you reply
  demo no-reply       you say that no reply is needed
       npm run konvert -- connect-telegram [--take-over]
                      connects your own bot; its token is read from TELEGRAM_BOT_TOKEN, or asked for
       npm run konvert -- operator-key --table <SettingsTableName>
                      makes the operator key of a deployment, with your AWS credentials`;

const WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 20;
const MESSENGER_MS = 30_000;

type Chat = z.infer<typeof chatSchema>;

const steps: Record<string, (demo: DemoAccount, text: string) => Promise<void>> = {
  write,
  list,
  reply,
  'no-reply': noReply,
};

const [command, step = '', ...words] = process.argv.slice(2);
process.exitCode = await runCommand();

async function runCommand(): Promise<number> {
  if (command === 'demo' && Object.hasOwn(steps, step)) return run(step, words.join(' '));
  if (command === 'connect-telegram') {
    return (await import('./connect-telegram.ts')).connectTelegram(process.argv.slice(3));
  }
  if (command === 'operator-key') return (await import('./operator-key.ts')).makeOperatorKey([step, ...words]);
  return refuse();
}

function refuse(): number {
  console.error(USAGE);
  return 2;
}

async function run(name: string, text: string): Promise<number> {
  try {
    const folder = readEnvironment(process.env).dataFolder;
    const demo = await readDemoAccount(`${folder}/demo.json`);
    if (!demo) throw new StepError(`There is no demo account in ${folder}. Start Konvert first: npm start`);
    await steps[name]?.(demo, text);
    return 0;
  } catch (error) {
    if (!(error instanceof StepError || error instanceof EnvironmentError)) throw error;
    console.error(error.message);
    return 1;
  }
}

async function write(demo: DemoAccount, text: string): Promise<void> {
  const body = { text: text || 'Good day! Is the red one in stock?' };
  const answer = await show<{ message: { date: number }; webhook: { status: number } }>(demo, {
    method: 'POST',
    path: `${DEMO_PATH}/write`,
    body,
  });
  if (answer.webhook.status !== 200) throw new StepError('The webhook did not take the message');
  const chat = await until(
    demo,
    (now) => now.unanswered && Date.parse(now.lastMessageAt) >= answer.message.date * 1000,
  );
  console.log(`\nThe chat is unanswered, ${countOf(chat)}. Next: npm run konvert -- demo reply`);
}

async function list(demo: DemoAccount): Promise<void> {
  const { chats } = await show<z.infer<typeof chatList>>(demo, { method: 'GET', path: '/v1/chats' });
  console.log(chats.length === 0 ? '\nNobody has written yet. Next: npm run konvert -- demo write' : '');
  for (const chat of chats) {
    console.log(`${chat.unanswered ? 'unanswered' : 'answered  '}  ${chat.name}: ${chat.preview} (${countOf(chat)})`);
  }
}

async function reply(demo: DemoAccount, text: string): Promise<void> {
  const { seenUpTo } = await readHistory(demo);
  const { channelId, chatType, chatId } = demo;
  const body = { channelId, chatType, chatId, text: text || 'Yes, three of them.', seenUpTo };
  await show(demo, { method: 'POST', path: '/v3/message', body });
  const chat = await until(demo, (now) => !now.unanswered);
  console.log(`\nThe chat is answered: ${countOf(chat)}.`);
  await arrived(demo, body.text);
}

async function noReply(demo: DemoAccount): Promise<void> {
  const { seenUpTo } = await readHistory(demo);
  const path = `${chatPath(demo)}/no-reply-needed`;
  const chat = await show<Chat>(demo, { method: 'PUT', path, body: { noReplyNeeded: true, seenUpTo } });
  console.log(`\nThe chat is ${chat.unanswered ? 'still unanswered' : 'off the unanswered list'}: ${countOf(chat)}.`);
}

/** What is on the screen of whoever answers: its `seenUpTo` goes back with the answer. */
async function readHistory(demo: DemoAccount): Promise<z.infer<typeof messageList>> {
  return show(demo, { method: 'GET', path: `${chatPath(demo)}/messages?limit=5` });
}

async function arrived(demo: DemoAccount, text: string): Promise<void> {
  for (const deadline = Date.now() + MESSENGER_MS; Date.now() < deadline; await sleep(LOOK_EVERY_MS)) {
    const { body } = await call(demo, { method: 'GET', path: `${DEMO_PATH}/messages` });
    const last = (body as { messages: { from: string; text: string }[] }).messages.at(-1);
    if (last?.from === 'bot' && last.text === text) {
      console.log('The client has it in the messenger.');
      return;
    }
  }
  console.log('It has not left yet; see GET /v1/deliveries?state=pending');
}

/** Looks at the chat until it is as it should be. */
async function until(demo: DemoAccount, isThere: (chat: Chat) => boolean): Promise<Chat> {
  for (const deadline = Date.now() + WITHIN_MS; Date.now() < deadline; await sleep(LOOK_EVERY_MS)) {
    const { status, body } = await call(demo, { method: 'GET', path: chatPath(demo) });
    if (status === 200 && isThere(body as Chat)) return body as Chat;
  }
  throw new StepError(`The chat did not change within ${WITHIN_MS / 1000} s; see konvert.log in the data folder`);
}

/** Makes a step's call, with the call and its answer on the terminal. */
function show<T>(demo: DemoAccount, wanted: Call): Promise<T> {
  return showCall(demo, wanted, (status) => reasonOf(wanted, status));
}

function reasonOf({ path }: Call, status: number): string {
  if (status !== 404) return `Konvert answered ${status}`;
  if (path.startsWith(DEMO_PATH)) return 'This Konvert runs without its demo messenger (KONVERT_DEMO=off)';
  return 'The demo client has not written yet. First: npm run konvert -- demo write';
}

function chatPath({ channelId, chatType, chatId }: DemoAccount): string {
  return `/v1/chats/${channelId}/${chatType}/${chatId}`;
}

function countOf({ unansweredCount }: Chat): string {
  return unansweredCount === 1 ? '1 message waits' : `${unansweredCount} messages wait`;
}
