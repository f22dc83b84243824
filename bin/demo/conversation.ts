import type * as z from 'zod/mini';
import type { chatList, chat as chatSchema } from '#api/chat-routes';
import type { messageList } from '#api/history-routes';
import { StepError } from '../terminal/errors.ts';
import { call } from '../terminal/printed-calls.ts';
import { type Demo, show, WITHIN_MS, waitFor } from './demo-calls.ts';
import { readFileToSend, upload } from './files.ts';

const MESSENGER_MS = 30_000;

type Chat = z.infer<typeof chatSchema>;

/** The client writes, and the chat becomes unanswered. */
export async function write({ user: _, ...demo }: Demo, text: string): Promise<void> {
  const { client, messengerPath } = demo;
  const file = demo.file === undefined ? undefined : await readFileToSend(demo.file);
  const base64 = file?.bytes.toString('base64') ?? '';
  const body = file
    ? { text, client, file: { name: file.name, type: file.type, base64 } }
    : { text: text || 'Good day! Is the red one in stock?', client };
  // A shell reads the file itself: printed, it would fill the terminal.
  const hidden = file ? { [base64]: `$(base64 -w0 '${demo.file}')` } : {};
  const wanted = { method: 'POST', path: `${messengerPath}/write`, body } as const;
  const answer = await show<{ message: { date: number }; webhook: { status: number } }>({ ...demo, hidden }, wanted);
  if (answer.webhook.status !== 200) throw new StepError('The webhook did not take the message');
  const writtenAt = answer.message.date * 1000;
  const chat = await chatWhen(demo, (now) => now.unanswered && Date.parse(now.lastMessageAt) >= writtenAt);
  console.log(`\nThe chat is unanswered, ${countOf(chat)}. Next: npm run konvert -- demo reply${demo.flags}`);
}

/** Prints the chats that the user sees. */
export async function list(demo: Demo): Promise<void> {
  const { chats } = await show<z.infer<typeof chatList>>(demo, { method: 'GET', path: '/v1/chats' });
  const nothing =
    demo.user === undefined ? 'Nobody has written yet.' : `Nobody has written yet whom ${demo.user} may see.`;
  console.log(chats.length === 0 ? `\n${nothing} Next: npm run konvert -- demo write` : '');
  for (const chat of chats) {
    const owner = chat.responsibleUserId ?? 'nobody';
    const state = chat.unanswered ? 'unanswered' : 'answered  ';
    console.log(`${state}  ${chat.name}: ${chat.preview} (${countOf(chat)}, ${owner} is responsible)`);
  }
}

/** The user replies, and the messenger gets the reply. */
export async function reply(demo: Demo, text: string): Promise<void> {
  const { seenUpTo } = await readHistory(demo);
  const { channelId, chatType, chatId } = demo;
  const said =
    demo.file === undefined ? { text: text || 'Yes, three of them.' } : { contentUri: await upload(demo, demo.file) };
  const body = { channelId, chatType, chatId, ...said, seenUpTo };
  const { messageId } = await show<{ messageId: string }>(demo, { method: 'POST', path: '/v3/message', body });
  const chat = await chatWhen(demo, (now) => !now.unanswered);
  console.log(`\nThe chat is answered: ${countOf(chat)}.`);
  const became = await waitFor(() => whatBecame(demo, messageId), MESSENGER_MS);
  console.log(became ?? 'It has not left yet; see GET /v1/deliveries?state=pending');
}

/** The user says that no reply is needed. */
export async function noReply(demo: Demo): Promise<void> {
  const { seenUpTo } = await readHistory(demo);
  const path = `${chatPath(demo)}/no-reply-needed`;
  const chat = await show<Chat>(demo, { method: 'PUT', path, body: { noReplyNeeded: true, seenUpTo } });
  console.log(`\nThe chat is ${chat.unanswered ? 'still unanswered' : 'off the unanswered list'}: ${countOf(chat)}.`);
}

/** Lets the messenger refuse the next reply to any client. */
export async function refuse({ user: _, ...demo }: Demo): Promise<void> {
  await show(demo, { method: 'POST', path: `${demo.messengerPath}/refuse-next`, body: {} });
  console.log(`\nThe next reply will be refused. Next: npm run konvert -- demo reply${demo.flags}`);
}

/** Reads what the user sees before an answer. Its `seenUpTo` goes back with the answer. */
async function readHistory(demo: Demo): Promise<z.infer<typeof messageList>> {
  return show(demo, { method: 'GET', path: `${chatPath(demo)}/messages?limit=5` });
}

/** What the messenger did with the reply, undefined if it did nothing yet. */
async function whatBecame(demo: Demo, messageId: string): Promise<string | undefined> {
  const { body } = await call(demo, { method: 'GET', path: `${chatPath(demo)}/messages?limit=5` });
  const { status } = (body as z.infer<typeof messageList>).messages.find((one) => one.messageId === messageId) ?? {};
  if (status === 'error')
    return 'The messenger refused it, so the client waits again. In the inbox it can be sent again.';
  return ['sent', 'delivered', 'read'].includes(status ?? '') ? 'The client has it in the messenger.' : undefined;
}

/** Waits until the chat is as it should be. */
async function chatWhen(demo: Demo, isSo: (chat: Chat) => boolean): Promise<Chat> {
  const chat = await waitFor(async () => {
    const { status, body } = await call(demo, { method: 'GET', path: chatPath(demo) });
    return status === 200 && isSo(body as Chat) ? (body as Chat) : undefined;
  }, WITHIN_MS);
  if (chat) return chat;
  throw new StepError(`The chat did not change within ${WITHIN_MS / 1000} s; see konvert.log in the data folder`);
}

function chatPath({ channelId, chatType, chatId }: Demo): string {
  return `/v1/chats/${channelId}/${chatType}/${chatId}`;
}

function countOf({ unansweredCount }: Chat): string {
  return unansweredCount === 1 ? '1 message waits' : `${unansweredCount} messages wait`;
}
