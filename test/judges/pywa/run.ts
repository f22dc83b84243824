import { join } from 'node:path';
import { createGraph } from '#channels/meta/client';
import type { OutgoingContent } from '#channels/outbound';
import { createWapiOutbound } from '#channels/wapi/send';
import { credentialsOf, fileOf, toPerson } from '#test/channels/wapi/outgoing';
import { startGraph } from '#test/doubles/graph';
import { startWebhook } from '#test/doubles/webhook';
import type { Ask } from '#test/judges/ask';
import { areSame, type Check } from '#test/judges/checks';
import { judgeWith } from '#test/judges/python';
import { PATIENCE_MS } from '#test/patience';

// node test/judges/pywa/run.ts: the client pywa, by somebody else and in another language, speaks to the double of the
// Graph API. What it sends is taken, and is what our adapter sends; what the double posts, it verifies and reads. Python
// and the package index are needed: without them nothing is judged, and that is said.

const PYWA = 'pywa==4.5.0';
const DANA = '12025550142';
const DANA_ID = 'US.70412295513308';
const OPAQUE = 'job-55';
const SECTION = 'The only section';

/** What our adapter is given for each message of the judge. */
const OURS: Readonly<Record<string, OutgoingContent>> = {
  text: { type: 'text', text: 'Café?' },
  link: { type: 'text', text: 'https://a.example' },
  'user id': { type: 'text', text: 'Hi' },
  buttons: { type: 'text', text: 'Choose', buttons: { place: 'inline', rows: [[{ text: 'Yes' }, { text: 'No' }]] } },
  list: {
    type: 'text',
    text: 'Choose',
    buttons: { place: 'inline', rows: [...'abcd'].map((text) => [{ text }]) },
  },
  image: { type: 'file', file: fileOf({ kind: 'image', mimeType: 'image/jpeg', name: 'p.jpg' }) },
  document: { type: 'file', file: fileOf() },
  voice: { type: 'file', file: fileOf({ kind: 'voice', mimeType: 'audio/ogg', name: 'v.ogg' }) },
  template: { type: 'template', templateId: '71', values: ['17', 'Book', '20 $', 'a17'], payloads: ['y'] },
  'named template': { type: 'template', templateId: '72', values: ['Dana', 'Monday'] },
};

interface Judged {
  readonly sent: Readonly<Record<string, string>>;
  readonly read: readonly Readonly<Record<string, unknown>>[];
  readonly files: readonly string[];
  readonly templates: readonly string[];
}

await judgeWith(PYWA, join(import.meta.dirname, 'judge.py'), judge);

async function judge(ask: Ask): Promise<boolean> {
  const webhook = await startWebhook();
  const graph = await startGraph({ callbackUrl: webhook.baseUrl });
  const { id, wabaId } = graph.numbers[0]!;
  const dana = graph.person({ phone: DANA, userId: DANA_ID, name: 'Дана / 😀' });
  const about = { wabaId, language: 'ru', status: 'APPROVED', category: 'UTILITY' };
  graph.templates.push(
    {
      ...about,
      id: '71',
      name: 'order',
      components: [
        { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}', example: { header_text: ['17'] } },
        { type: 'BODY', text: '{{1}} for {{2}}', example: { body_text: [['Book', '20 $']] } },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'URL', text: 'See', url: 'https://a.example/{{1}}', example: ['https://a.example/a17'] },
            { type: 'QUICK_REPLY', text: 'Yes' },
          ],
        },
      ],
    },
    {
      ...about,
      id: '72',
      name: 'visit',
      parameter_format: 'NAMED',
      components: [
        {
          type: 'HEADER',
          format: 'TEXT',
          text: 'Dear {{name}}',
          example: { header_text_named_params: [{ param_name: 'name', example: 'Dana' }] },
        },
        {
          type: 'BODY',
          text: 'See you on {{day}}',
          example: { body_text_named_params: [{ param_name: 'day', example: 'Monday' }] },
        },
      ],
    },
  );

  const wamids = [
    graph.writes(dana, { type: 'text', text: { body: 'Café / 😀' } }),
    graph.sendsFile(dana, 'image', 'image/jpeg', Buffer.from('jpeg')),
    graph.writesInApp(dana, { type: 'text', text: { body: 'Until 9' } }),
  ];
  await graph.deliver(undefined, { batch: 1 });
  const call = createGraph(fetch);
  const send = (content: OutgoingContent, to = DANA, quotes?: string) =>
    createWapiOutbound(call, graph.clock).send(
      credentialsOf(graph),
      toPerson(to, content, { opaque: OPAQUE, ...(quotes !== undefined && { quotes }) }),
      AbortSignal.timeout(PATIENCE_MS),
    );
  const mine: string[] = [];
  for (const [name, content] of Object.entries(OURS)) {
    const sent = await send(content, name === 'user id' ? DANA_ID : DANA, name === 'text' ? 'wamid.M1==' : undefined);
    if (sent.kind !== 'sent') throw new Error(`Our ${name} was not taken: ${JSON.stringify(sent)}`);
    mine.push(sent.providerId);
  }
  // It cannot read a status `failed`: it wants a contact in it, and Meta says that there is none.
  graph.tell(mine[0]!, 'read');
  await graph.deliver(undefined, { batch: 1 });

  const webhooks = webhook.calls.map(({ bytes, headers }) => ({
    raw: bytes.toString('latin1'),
    signature: headers['x-hub-signature-256'],
  }));
  webhooks.push({ ...webhooks[0]!, raw: webhooks[0]!.raw.replace('Caf', 'caf') });
  const given = {
    base: graph.baseUrl,
    token: graph.token,
    secret: graph.appSecret,
    number: id,
    account: wabaId,
    to: `+${DANA}`,
    userId: DANA_ID,
    webhooks,
  };
  const judged = await ask<Judged>(given);
  const bodyOf = (wamid: string | undefined) => graph.taken.find((one) => one.wamid === wamid)?.body;
  const checks: Check[] = [
    ...Object.keys(OURS).map(
      (name, at): Check => [`sends ${name}`, plain(bodyOf(judged.sent[name])), plain(bodyOf(mine[at]))],
    ),
    [
      'reads what came',
      judged.read.filter(({ what }) => what !== 'status').map(({ what, id }) => id ?? what),
      [...wamids, 'refused'],
    ],
    ['reads the words', judged.read[0]?.text, 'Café / 😀'],
    [
      'reads the person',
      [judged.read[0]?.phone, judged.read[0]?.userId, judged.read[0]?.name],
      [DANA, DANA_ID, 'Дана / 😀'],
    ],
    ['reads the file', judged.files, ['jpeg']],
    [
      'reads the statuses of the first message',
      judged.read.filter(({ id }) => id === mine[0]).map(({ status, error, opaque }) => [status, error, opaque]),
      [
        ['sent', null, OPAQUE],
        ['read', null, OPAQUE],
      ],
    ],
    ['lists the templates', judged.templates, ['order', 'visit']],
  ];
  await graph.stop();
  await webhook.stop();
  return areSame(PYWA, checks);
}

/**
 * A body without what may differ: ids of uploads, capitals, and what stands for what is meant anyway. Each section of its
 * lists has a title, which only lists of several sections need.
 */
function plain(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body ?? null), (name, value) => {
    if (name === 'id' && /^\d{9,}$/.test(String(value))) return 'an upload';
    if (name === 'preview_url' && value === false) return undefined;
    if (name === 'policy') return undefined;
    if (name === 'title' && value === SECTION) return undefined;
    return name === 'type' || name === 'sub_type' ? String(value).toLowerCase() : value;
  });
}
