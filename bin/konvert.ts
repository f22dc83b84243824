import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod/mini';
import type { assignmentList, chatList, chat as chatSchema, messageList } from '#http/contract';
import type { userList } from '#http/directory';
import type { allSettings } from '#http/settings';
import { type DemoAccount, readDemoAccount } from '#local/demo/account';
import { DEMO_CLIENTS } from '#local/demo/clients';
import { DEMO_PATH, IN_TURN_PATH } from '#local/demo/messenger';
import { EnvironmentError } from '#local/errors';
import { readStartOptions } from '#local/start-options';
import { type Call, call, StepError, show as showCall } from './printed-calls.ts';

const USAGE = `Usage: npm run konvert -- demo <step>
  demo write [text]   a client writes: Anna, or with --client bob, --client carol another
  demo list           the chats of the demo company, unanswered ones first; with --as ivan those that Ivan sees
  demo reply [text]   you reply, to whom --client says, as whom --as says
  demo no-reply       you say that no reply is needed, likewise
  demo people         who works there, and who may see and do what
  demo new-clients    three clients write to the channel that gives new clients out in turn: who gets whom, and why
       npm run konvert -- connect-telegram [--take-over]
                      connects your own bot; its token is read from TELEGRAM_BOT_TOKEN, or asked for
       npm run konvert -- operator-key --table <SettingsTableName>
                      makes the operator key of a deployment, with your AWS credentials`;

const SEES = {
  manager: 'is the head, sees and writes everything',
  seller: 'sells, sees and writes to clients of their own',
  auditor: 'is quality control, sees everything and writes nothing',
} as const;

const WHY_NOT: Readonly<Record<string, string>> = {
  SWITCHED_OFF: 'does not receive new clients',
  MAY_NOT_WRITE: 'may not write',
};
const NEW_CLIENTS = ['dan', 'eva', 'frank'] as const;

const WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 20;
const MESSENGER_MS = 30_000;

type Chat = z.infer<typeof chatSchema>;
type Client = keyof typeof DEMO_CLIENTS;

/** The demo account, who acts in it, and the chat with that client. */
type Demo = DemoAccount & { readonly user?: string; readonly client: Client };

const steps: Record<string, (demo: Demo, text: string) => Promise<void>> = {
  write,
  list,
  reply,
  'no-reply': noReply,
  people,
  'new-clients': newClients,
};

const [command, step = '', ...words] = process.argv.slice(2);
process.exitCode = await runCommand();

async function runCommand(): Promise<number> {
  if (command === 'demo' && Object.hasOwn(steps, step)) return run(step);
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

async function run(name: string): Promise<number> {
  const wanted = readWords();
  if (!wanted) return refuse();
  try {
    const folder = readStartOptions(process.env).dataFolder;
    const demo = await readDemoAccount(`${folder}/demo.json`);
    if (!demo) throw new StepError(`There is no demo account in ${folder}. Start Konvert first: npm start`);
    const { text, client, user } = wanted;
    const chatId = String(DEMO_CLIENTS[client].id);
    await steps[name]?.({ ...demo, chatId, client, ...(user !== undefined && { user }) }, text);
    return 0;
  } catch (error) {
    if (!(error instanceof StepError || error instanceof EnvironmentError)) throw error;
    console.error(error.message);
    return 1;
  }
}

/** The words behind the step; undefined where they name no client. */
function readWords(): { text: string; client: Client; user: string | undefined } | undefined {
  const user = takeOption('--as');
  const client = takeOption('--client') ?? 'anna';
  return isClient(client) ? { text: words.join(' '), client, user } : undefined;
}

function takeOption(name: string): string | undefined {
  const at = words.indexOf(name);
  return at === -1 ? undefined : (words.splice(at, 2)[1] ?? '');
}

function isClient(name: string): name is Client {
  return Object.hasOwn(DEMO_CLIENTS, name);
}

async function write({ user: _, ...demo }: Demo, text: string): Promise<void> {
  const body = { text: text || 'Good day! Is the red one in stock?', client: demo.client };
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

async function list(demo: Demo): Promise<void> {
  const { chats } = await show<z.infer<typeof chatList>>(demo, { method: 'GET', path: '/v1/chats' });
  const nothing =
    demo.user === undefined ? 'Nobody has written yet.' : `Nobody has written yet whom ${demo.user} may see.`;
  console.log(chats.length === 0 ? `\n${nothing} Next: npm run konvert -- demo write` : '');
  for (const chat of chats) {
    const whose = chat.responsibleUserId ?? 'nobody';
    const state = chat.unanswered ? 'unanswered' : 'answered  ';
    console.log(`${state}  ${chat.name}: ${chat.preview} (${countOf(chat)}, ${whose} is responsible)`);
  }
}

async function people({ user: _, ...demo }: Demo): Promise<void> {
  const users = await show<z.infer<typeof userList>>(demo, { method: 'GET', path: '/v3/users' });
  const { channels } = await show<z.infer<typeof allSettings>>(demo, { method: 'GET', path: '/v1/settings' });
  console.log('');
  for (const { id, name } of users) {
    const given = channels[demo.channelId]?.userRoles.find(({ userId }) => userId === id);
    const does = given
      ? `${SEES[given.role]}${given.allowGetNewClients ? ', receives new clients' : ''}`
      : 'has no role';
    console.log(`${name} ${does}. Try: npm run konvert -- demo list --as ${id}`);
  }
}

/** Whoever wrote there before is no new client any more, and keeps whose they are. */
async function newClients({ user: _, ...demo }: Demo): Promise<void> {
  const { inTurnChannelId: channelId } = demo;
  if (channelId === undefined) throw new StepError('This demo account has one channel only. Start Konvert once more');
  for (const client of NEW_CLIENTS) {
    const body = { text: `It is ${client}. Do you deliver?`, client };
    await show(demo, { method: 'POST', path: `${IN_TURN_PATH}/write`, body });
    await untilGivenOut(demo, channelId, client);
  }
  const { assignments } = await show<z.infer<typeof assignmentList>>(demo, assignmentsOf(channelId));
  console.log('');
  for (const { chatId, userId, rule, place, passedOver } of assignments.toReversed()) {
    const name = Object.values(DEMO_CLIENTS).find(({ id }) => String(id) === chatId)?.first_name ?? chatId;
    const turn = place === null ? '' : `, place ${place} of the order`;
    const others = passedOver.map((other) => `; ${other.userId} ${WHY_NOT[other.reason] ?? other.reason}`);
    console.log(`${name} was given to ${userId}: ${rule}${turn}${others.join('')}`);
  }
}

async function untilGivenOut(demo: Demo, channelId: string, client: Client): Promise<void> {
  const { id, first_name } = DEMO_CLIENTS[client];
  for (const deadline = Date.now() + WITHIN_MS; Date.now() < deadline; await sleep(LOOK_EVERY_MS)) {
    const { assignments } = (await call(demo, assignmentsOf(channelId))).body as z.infer<typeof assignmentList>;
    if (assignments.some(({ chatId }) => chatId === String(id))) return;
  }
  throw new StepError(
    `${first_name} was given to nobody within ${WITHIN_MS / 1000} s; see konvert.log in the data folder`,
  );
}

function assignmentsOf(channelId: string): Call {
  return { method: 'GET', path: `/v1/assignments?channelId=${channelId}` };
}

async function reply(demo: Demo, text: string): Promise<void> {
  const { seenUpTo } = await readHistory(demo);
  const { channelId, chatType, chatId } = demo;
  const body = { channelId, chatType, chatId, text: text || 'Yes, three of them.', seenUpTo };
  await show(demo, { method: 'POST', path: '/v3/message', body });
  const chat = await until(demo, (now) => !now.unanswered);
  console.log(`\nThe chat is answered: ${countOf(chat)}.`);
  await arrived(demo, body.text);
}

async function noReply(demo: Demo): Promise<void> {
  const { seenUpTo } = await readHistory(demo);
  const path = `${chatPath(demo)}/no-reply-needed`;
  const chat = await show<Chat>(demo, { method: 'PUT', path, body: { noReplyNeeded: true, seenUpTo } });
  console.log(`\nThe chat is ${chat.unanswered ? 'still unanswered' : 'off the unanswered list'}: ${countOf(chat)}.`);
}

/** What is on the screen of whoever answers: its `seenUpTo` goes back with the answer. */
async function readHistory(demo: Demo): Promise<z.infer<typeof messageList>> {
  return show(demo, { method: 'GET', path: `${chatPath(demo)}/messages?limit=5` });
}

async function arrived(demo: Demo, text: string): Promise<void> {
  for (const deadline = Date.now() + MESSENGER_MS; Date.now() < deadline; await sleep(LOOK_EVERY_MS)) {
    const { body } = await call(demo, { method: 'GET', path: `${DEMO_PATH}/messages` });
    const { messages } = body as { messages: { from: string; chat: number; text: string }[] };
    const last = messages.findLast(({ chat }) => String(chat) === demo.chatId);
    if (last?.from === 'bot' && last.text === text) {
      console.log('The client has it in the messenger.');
      return;
    }
  }
  console.log('It has not left yet; see GET /v1/deliveries?state=pending');
}

/** Looks at the chat until it is as it should be. */
async function until(demo: Demo, isThere: (chat: Chat) => boolean): Promise<Chat> {
  for (const deadline = Date.now() + WITHIN_MS; Date.now() < deadline; await sleep(LOOK_EVERY_MS)) {
    const { status, body } = await call(demo, { method: 'GET', path: chatPath(demo) });
    if (status === 200 && isThere(body as Chat)) return body as Chat;
  }
  throw new StepError(`The chat did not change within ${WITHIN_MS / 1000} s; see konvert.log in the data folder`);
}

/** Makes a step's call, with the call and its answer on the terminal. */
function show<T>(demo: Demo, wanted: Call): Promise<T> {
  return showCall(demo, wanted, (status) => reasonOf(demo, wanted, status));
}

function reasonOf({ user }: Demo, { path }: Call, status: number): string {
  if (status === 401 && user !== undefined)
    return `Nobody there is called ${user}. See: npm run konvert -- demo people`;
  if (status === 403 && user !== undefined) return `${user} may not write to this client`;
  if (status !== 404) return `Konvert answered ${status}`;
  if (path.startsWith(DEMO_PATH)) return 'This Konvert runs without its demo messenger (KONVERT_DEMO=off)';
  const unseen = user === undefined ? '' : `, or ${user} may not see it`;
  return `The demo client has not written yet${unseen}. First: npm run konvert -- demo write`;
}

function chatPath({ channelId, chatType, chatId }: Demo): string {
  return `/v1/chats/${channelId}/${chatType}/${chatId}`;
}

function countOf({ unansweredCount }: Chat): string {
  return unansweredCount === 1 ? '1 message waits' : `${unansweredCount} messages wait`;
}
