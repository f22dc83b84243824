import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

// The client messaging-api-messenger, in the folder that is named, sends to the address on its input. What it was answered
// is on its output.

const folder = process.argv[2];
const { MessengerClient } = createRequire(join(folder, 'package.json'))('messaging-api-messenger');
const { origin, token, appId, appSecret, to, late, callbackUrl, verifyToken } = JSON.parse(await text(process.stdin));

const client = new MessengerClient({ accessToken: token, appId, appSecret, origin, version: '26.0' });
const stranger = new MessengerClient({
  accessToken: token,
  appId,
  appSecret: 'another-app-secret',
  origin,
  version: '26.0',
});
const answer = { messagingType: 'RESPONSE' };
const quickReplies = ['Yes', 'No'].map((title) => ({ contentType: 'text', title, payload: title }));
const buttons = [
  { type: 'web_url', url: 'https://konvert.example', title: 'Shop' },
  { type: 'postback', title: 'Later', payload: 'later' },
];
const file = Buffer.from('%PDF-1.7 act');

const uploaded = await client.uploadAttachment('file', file, {
  isReusable: true,
  filename: 'act.pdf',
  contentType: 'application/pdf',
});
const sent = {
  text: await client.sendText(to, 'Café?', answer),
  'quick replies': await client.sendText(to, 'Choose', { ...answer, quickReplies }),
  'buttons with an address': await client.sendButtonTemplate(to, 'Look', buttons, answer),
  file: await client.sendFile(to, { attachmentId: uploaded.attachmentId }, answer),
  'as a person': await client.sendText(late, 'Still there?', { tag: 'HUMAN_AGENT' }),
};
const ids = Object.fromEntries(Object.entries(sent).map(([name, { messageId }]) => [name, messageId]));
const refused = {
  'too late': await wordsOf(client.sendText(late, 'Still there?', answer)),
  'a tag that has ended': await wordsOf(client.sendText(to, 'Hi', { tag: 'ACCOUNT_UPDATE' })),
  nobody: await wordsOf(client.sendText('1', 'Hi', answer)),
  'a text that is too long': await wordsOf(client.sendText(to, 'a'.repeat(2001), answer)),
  'another secret': await wordsOf(stranger.sendText(to, 'Hi', answer)),
};
const page = await client.getPageInfo();
await client.createSubscription({ callbackUrl, verifyToken, fields: ['messages'], includeValues: true });
const [subscription] = await client.getSubscriptions();
process.stdout.write(JSON.stringify({ ids, refused, page, subscription }));

function wordsOf(sending) {
  return sending.then(
    () => 'taken',
    (error) => error.message,
  );
}
