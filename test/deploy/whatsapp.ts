import { deepEqual, equal, match } from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { type GraphDouble, startGraph } from '#test/doubles/graph';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import { callApi, until } from '#test/e2e/call-api';
import type { Asked } from './spine.ts';

const PDF = Buffer.concat([Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n'), Buffer.alloc(9000, 'x')]);
/** A picture of one point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** Tries a WhatsApp number: its handshake, messages and files both ways, and what becomes of replies. */
export async function playWhatsApp(trial: Asked): Promise<void> {
  const graph = await startGraph({ clock: createVirtualClock(Date.now()), requiresProof: true });
  try {
    await play(trial, graph);
  } finally {
    await graph.stop();
  }
}

async function play({ url, operatorKey, report, withinMs }: Asked, graph: GraphDouble): Promise<void> {
  const [number] = graph.numbers;
  const dana = graph.person({ phone: '12025550142', userId: 'US.70412295513308', name: 'Dana K.' });
  const made = await callApi(url, 'POST', '/v1/accounts', { key: operatorKey, body: { name: 'WhatsApp shop' } });
  const key = made.body.apiKey as string;
  const call = (method: string, path: string, body?: unknown) => callApi(url, method, path, { key, body });

  const channelId = await report.check('a WhatsApp number is connected, and Meta’s handshake is answered', async () => {
    const { token: accessToken, appSecret, baseUrl: apiBaseUrl } = graph;
    const credentials = { phoneNumberId: number?.id, wabaId: number?.wabaId, accessToken, appSecret, apiBaseUrl };
    // The address that a deployment tells leads nowhere on this machine, so the double gets the local one by hand.
    const body = { transport: 'wapi', name: 'Number', credentials, setWebhook: false };
    const connected = await call('POST', '/v1/channels', body);
    equal(connected.status, 201, JSON.stringify(connected.body));
    const { channelId: id, verifyToken } = connected.body;
    const webhook = `${url}/webhooks/wapi/${id}`;
    const configuration = { override_callback_uri: webhook, verify_token: verifyToken };
    const answer = await fetch(`${apiBaseUrl}/v26.0/${number?.id}?appsecret_proof=${proofOf(graph)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ webhook_configuration: configuration }),
    });
    equal(answer.status, 200, await answer.text());
    equal(graph.webhookUrl, webhook);
    return id as string;
  });

  const path = `/v1/chats/${channelId}/whatsapp/${dana.phone}`;
  const deliver = async () => {
    for (const { status } of await graph.deliver(undefined, { twice: true })) equal(status, 200);
  };
  const last = async () => (await call('GET', `${path}/messages`)).body.messages?.at(-1) ?? {};
  const unanswered = (wanted: boolean) =>
    until(
      `the chat is ${wanted ? '' : 'not '}unanswered`,
      async () => (await call('GET', path)).body.unanswered === wanted || undefined,
      withinMs,
    );

  await report.check('a forged webhook: 401, and nothing is stored', async () => {
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
    const forged = await fetch(graph.webhookUrl ?? '', { method: 'POST', headers, body: '{"entry":[]}' });
    equal(forged.status, 401);
    equal((await call('GET', path)).status, 404);
  });
  await report.check('a text that is told twice counts once', async () => {
    graph.writes(dana, { type: 'text', text: { body: 'Café open today?' } });
    await deliver();
    await unanswered(true);
    const { unansweredCount, name } = (await call('GET', path)).body;
    deepEqual({ unansweredCount, name }, { unansweredCount: 1, name: 'Dana K.' });
  });
  await report.check('a photo can be read byte for byte after WhatsApp’s address has ended', async () => {
    graph.sendsFile(dana, 'image', 'image/png', PNG);
    await deliver();
    const { contentUri } = await until(
      'the photo is in the history',
      async () => {
        const line = await last();
        return line.type === 'image' ? line : undefined;
      },
      withinMs,
    );
    const read = await until('the photo is here', () => fileAt(url, contentUri), withinMs);
    deepEqual(read.bytes, PNG);
    equal(read.type, 'image/png');
    graph.clock.pass(3_600_000);
    deepEqual((await fileAt(url, contentUri))?.bytes, PNG);
  });
  await report.check('a document is uploaded, reaches the client, and its reading is seen', async () => {
    const about = { name: 'act.pdf', type: 'application/pdf', size: PDF.length };
    const { status, body } = await call('POST', '/v1/files', about);
    equal(status, 201, JSON.stringify(body));
    const put = await fetch(body.upload.url, { method: 'PUT', headers: body.upload.headers, body: PDF });
    equal(put.status, 200, await put.text());
    const message = { channelId, chatType: 'whatsapp', chatId: dana.phone, contentUri: body.contentUri };
    const sent = await call('POST', '/v3/message', message);
    equal(sent.status, 201, JSON.stringify(sent.body));
    const taken = await until('WhatsApp has it', async () => graph.taken.at(-1), withinMs);
    match(JSON.stringify(taken.body), /"filename":"act.pdf"/);
    await until('it is sent', async () => (await last()).status === 'sent' || undefined, withinMs);
    graph.tell(taken.wamid, 'read');
    graph.tell(taken.wamid, 'delivered');
    await deliver();
    await until('it is read', async () => (await last()).status === 'read' || undefined, withinMs);
    const read = await until('the document is here', () => fileAt(url, body.contentUri), withinMs);
    deepEqual(read.bytes, PDF);
    await unanswered(false);
  });
  await report.check('a reply that WhatsApp refuses later gives the chat back, in Wazzup’s words', async () => {
    graph.writes(dana, { type: 'text', text: { body: 'And tomorrow?' } });
    await deliver();
    await unanswered(true);
    const count = graph.taken.length;
    const body = { channelId, chatType: 'whatsapp', chatId: dana.phone, text: 'Tomorrow, too' };
    equal((await call('POST', '/v3/message', body)).status, 201);
    const taken = await until('WhatsApp has it', async () => graph.taken[count], withinMs);
    await unanswered(false);
    graph.tell(taken.wamid, 'failed', 131047);
    await deliver();
    await unanswered(true);
    equal((await last()).status, 'error');
  });
}

/**
 * The file at an address that the deployment tells. Undefined while it is on its way, and before the stream of messages
 * has told of it: a history shows the message a moment earlier.
 */
async function fileAt(url: string, contentUri: string): Promise<{ bytes: Buffer; type: string | null } | undefined> {
  const place = contentUri.slice(contentUri.indexOf('/files/'));
  const answer = await fetch(url + place);
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (answer.status === 503 || answer.status === 404) return undefined;
  equal(answer.status, 200, bytes.toString().slice(0, 300));
  return { bytes, type: answer.headers.get('content-type') };
}

function proofOf({ appSecret, token }: GraphDouble): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}
