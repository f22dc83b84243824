import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import { createGraph } from '#channels/meta/client';
import type { Outbound, Sent } from '#channels/outbound';
import { createWapiOutbound, endpointOf } from '#channels/wapi/send';
import { type GraphDouble, startGraph } from '#test/doubles/graph';
import type { GraphTemplate } from '#test/doubles/graph/world';
import { PATIENCE_MS } from '#test/patience';
import { credentialsOf, fileOf, toPerson } from './outgoing.ts';

const DANA = '12025550142';
const DANA_ID = 'US.70412295513308';

let graph: GraphDouble;
let outbound: Outbound;

beforeEach(async () => {
  graph = await startGraph({ requiresProof: true, callbackUrl: 'https://konvert.example/webhook' });
  outbound = createWapiOutbound(createGraph(fetch), graph.clock);
  graph.person({ phone: DANA, userId: DANA_ID });
});

afterEach(() => graph.stop());

let lastTemplate = 5000;

/** An approved template of the double's account. */
function template(components: GraphTemplate['components'], more: Partial<GraphTemplate> = {}): GraphTemplate {
  lastTemplate += 1;
  const { wabaId } = graph.numbers[0]!;
  const name = `template_${lastTemplate}`;
  const made = {
    id: `${lastTemplate}`,
    wabaId,
    name,
    language: 'en_US',
    status: 'APPROVED',
    category: 'UTILITY',
    ...more,
    components,
  };
  graph.templates.push(made);
  return made;
}

function send({ id }: { id: string }, values: readonly string[] = [], more: object = {}, chatId = DANA): Promise<Sent> {
  const content = { type: 'template' as const, templateId: id, values, ...more };
  return outbound.send(credentialsOf(graph), toPerson(chatId, content), AbortSignal.timeout(PATIENCE_MS));
}

const components = () => (graph.taken.at(-1)!.body as { template: { components: unknown } }).template.components;
const countOf = (method: string) => graph.calls.filter((call) => call.method === method).length;
const text = (value: string) => ({ type: 'text', text: value });

describe('a template is filled by what it is at Meta', () => {
  test('without variables', async () => {
    const hello = template([
      { type: 'BODY', text: 'Hello!' },
      { type: 'FOOTER', text: 'Konvert' },
    ]);
    expect(await send(hello)).toMatchObject({ kind: 'sent' });
    expect(graph.taken[0]?.body).toMatchObject({
      type: 'template',
      template: { name: hello.name, language: { policy: 'deterministic', code: 'en_US' } },
    });
  });

  test('with numbered variables in header, body and buttons, in this order', async () => {
    const order = template([
      { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}' },
      { type: 'BODY', text: '{{2}} costs {{1}}, and {{2}} is yours' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Yes' },
          { type: 'URL', text: 'Track', url: 'https://shop.example/{{1}}' },
          { type: 'URL', text: 'Shop', url: 'https://shop.example' },
          { type: 'COPY_CODE', text: 'Copy' },
          { type: 'QUICK_REPLY', text: 'No' },
          { type: 'PHONE_NUMBER', text: 'Call' },
        ],
      },
    ]);

    expect(
      await send(order, ['17', '20 $', 'A book', 'a17', 'SAVE20'], { payloads: ['y', 'n', 'dropped'] }),
    ).toMatchObject({ kind: 'sent' });

    expect(components()).toEqual([
      { type: 'header', parameters: [text('17')] },
      { type: 'body', parameters: [text('20 $'), text('A book')] },
      { type: 'button', sub_type: 'quick_reply', index: 0, parameters: [{ type: 'payload', payload: 'y' }] },
      { type: 'button', sub_type: 'url', index: 1, parameters: [text('a17')] },
      { type: 'button', sub_type: 'copy_code', index: 3, parameters: [{ type: 'coupon_code', coupon_code: 'SAVE20' }] },
      { type: 'button', sub_type: 'quick_reply', index: 4, parameters: [{ type: 'payload', payload: 'n' }] },
    ]);
  });

  test('with named variables, in header and body', async () => {
    const named = template(
      [
        { type: 'HEADER', format: 'TEXT', text: 'Dear {{name}}' },
        { type: 'BODY', text: 'Your {{thing}} comes on {{day}}, {{thing}}!' },
      ],
      { parameter_format: 'NAMED' },
    );
    expect(await send(named, ['Dana', 'book', 'Monday'])).toMatchObject({ kind: 'sent' });
    expect(components()).toEqual([
      { type: 'header', parameters: [{ type: 'text', parameter_name: 'name', text: 'Dana' }] },
      {
        type: 'body',
        parameters: [
          { type: 'text', parameter_name: 'thing', text: 'book' },
          { type: 'text', parameter_name: 'day', text: 'Monday' },
        ],
      },
    ]);
  });

  test.each([
    { format: 'IMAGE', file: { kind: 'image', mimeType: 'image/png', name: 'p.png' }, type: 'image', more: {} },
    { format: 'VIDEO', file: { kind: 'video', mimeType: 'video/mp4', name: 'v.mp4' }, type: 'video', more: {} },
    {
      format: 'DOCUMENT',
      file: { kind: 'document', mimeType: 'application/pdf', name: 'act.pdf' },
      type: 'document',
      more: { filename: 'act.pdf' },
    },
  ] as const)('with a header of the format $format', async ({ format, file, type, more }) => {
    const one = template([
      { type: 'HEADER', format },
      { type: 'BODY', text: 'Hi {{1}}' },
    ]);
    expect(await send(one, ['Dana'], { file: fileOf(file) })).toMatchObject({ kind: 'sent' });
    expect(components()).toEqual([
      { type: 'header', parameters: [{ type, [type]: { id: expect.any(String), ...more } }] },
      { type: 'body', parameters: [text('Dana')] },
    ]);
  });

  test('with a place, given as latitude, longitude, name and address', async () => {
    const place = template([
      { type: 'HEADER', format: 'LOCATION' },
      { type: 'BODY', text: 'We are here, {{1}}' },
    ]);
    expect(await send(place, ['43.2389', '76.8897', 'Depot 4', '12 Abay Ave', 'Dana'])).toMatchObject({ kind: 'sent' });
    const location = { latitude: 43.2389, longitude: 76.8897, name: 'Depot 4', address: '12 Abay Ave' };
    expect(components()).toMatchObject([
      { type: 'header', parameters: [{ type: 'location', location }] },
      { type: 'body' },
    ]);
  });

  test('with a code, which is given once and is in the button as well', async () => {
    const code = template(
      [
        { type: 'BODY', text: '*{{1}}* is your code.' },
        {
          type: 'BUTTONS',
          buttons: [{ type: 'URL', text: 'Copy code', url: 'https://www.whatsapp.com/otp/code/?code=otp{{1}}' }],
        },
      ],
      { category: 'AUTHENTICATION' },
    );
    expect(await send(code, ['123456'])).toMatchObject({ kind: 'sent' });
    expect(components()).toMatchObject([{ parameters: [text('123456')] }, { index: 0, parameters: [text('123456')] }]);

    const toUserId = await send(code, ['123456'], {}, DANA_ID);
    expect(toUserId).toMatchObject({ kind: 'refused', refusal: { code: '131062', reason: 'BAD_CONTACT' } });
  });
});

describe('what does not fit the template is refused by the code that Meta has for it', () => {
  const body = { type: 'BODY', text: 'Hi {{1}} and {{2}}' };
  test.each([
    { name: 'too few values', parts: [body], values: ['a'], code: '132000' },
    { name: 'too many values', parts: [body], values: ['a', 'b', 'c'], code: '132000' },
    { name: 'an empty value', parts: [body], values: ['a', ''], code: '131008' },
    {
      name: 'a place that is nowhere',
      parts: [{ type: 'HEADER', format: 'LOCATION' }],
      values: ['here', '76.8', 'a', 'b'],
      code: '131009',
    },
    { name: 'a missing file', parts: [{ type: 'HEADER', format: 'IMAGE' }], values: [], code: '132012' },
    {
      name: 'a file of another kind',
      parts: [{ type: 'HEADER', format: 'IMAGE' }],
      values: [],
      file: fileOf(),
      code: '132012',
    },
    { name: 'a file too many', parts: [{ type: 'BODY', text: 'Hi' }], values: [], file: fileOf(), code: '132012' },
    { name: 'a carousel', parts: [{ type: 'BODY', text: 'Hi' }, { type: 'CAROUSEL' }], values: [], code: '132012' },
    {
      name: 'an offer',
      parts: [{ type: 'BODY', text: 'Hi' }, { type: 'LIMITED_TIME_OFFER' }],
      values: [],
      code: '132012',
    },
    {
      name: 'products',
      parts: [{ type: 'BUTTONS', buttons: [{ type: 'MPM', text: 'See' }] }],
      values: [],
      code: '132012',
    },
  ])('$name: $code', async ({ parts, values, file, code }) => {
    expect(await send(template(parts), values, { file })).toMatchObject({
      kind: 'refused',
      refusal: { code, reason: 'GENERAL_ERROR' },
    });
    expect(countOf('POST messages')).toBe(0);
  });

  test.each([
    { status: 'PAUSED', code: '132015' },
    { status: 'DISABLED', code: '132016' },
    { status: 'REJECTED', code: '132001' },
  ])('$status', async ({ status, code }) => {
    expect(await send(template([{ type: 'BODY', text: 'Hi' }], { status }))).toMatchObject({
      kind: 'refused',
      refusal: { code },
    });
  });

  test('no such template', async () => {
    expect(await send({ id: '404' })).toMatchObject({ kind: 'refused', refusal: { code: '100' } });
  });
});

describe('the live template', () => {
  test('is read once in ten minutes', async () => {
    const one = template([{ type: 'BODY', text: 'Hi {{1}}' }]);
    await send(one, ['a']);
    await send(one, ['b']);
    expect(countOf('GET template')).toBe(1);
    graph.clock.pass(10 * 60_000);
    await send(one, ['c']);
    expect(countOf('GET template')).toBe(2);
  });

  test('that was changed a minute ago is read anew, and the message is sent', async () => {
    const one = template([{ type: 'BODY', text: 'Hi {{1}}' }]);
    await send(one, ['a']);
    one.components = [{ type: 'BODY', text: 'Hi {{1}}, {{2}}' }];
    expect(await send(one, ['a', 'b'])).toMatchObject({ kind: 'sent' });
    one.components = [{ type: 'BODY', text: 'Hi {{name}}, {{day}}' }];
    expect(await send(one, ['a', 'b'])).toMatchObject({ kind: 'sent' });
    expect(countOf('GET template')).toBe(3);
  });

  test('that is wrong twice is refused, after one more look', async () => {
    const one = template([{ type: 'BODY', text: 'Hi {{1}}' }]);
    await send(one, ['a']);
    one.status = 'PAUSED';
    expect(await send(one, ['a'])).toMatchObject({ kind: 'refused', refusal: { code: '132015' } });
    expect(countOf('POST messages')).toBe(3);
  });
});

describe('marketing', () => {
  test('moves to its own endpoint on 13 October 2027', async () => {
    const sale = template([{ type: 'BODY', text: 'Sale' }], { category: 'MARKETING' });
    await send(sale);
    graph.clock.pass(Date.UTC(2027, 9, 13) - graph.clock.now());
    expect(await send(sale)).toMatchObject({ kind: 'sent' });
    expect(graph.calls.map(({ method }) => method).filter((method) => method.startsWith('POST'))).toEqual([
      'POST messages',
      'POST marketing_messages',
    ]);
    expect(endpointOf('UTILITY', graph.clock.now())).toBe('messages');
    expect(endpointOf(undefined, graph.clock.now())).toBe('messages');
  });

  test('of an account that has moved before goes by its own endpoint in the same try', async () => {
    const sale = template([{ type: 'BODY', text: 'Sale' }], { category: 'MARKETING' });
    graph.marketingMoved.add(sale.wabaId);
    expect(await send(sale)).toMatchObject({ kind: 'sent' });
    expect(graph.taken).toHaveLength(1);
  });
});

test('what a stranger’s server says of the same number and template is not believed', async () => {
  const hello = template([{ type: 'BODY', text: 'Hello!' }]);
  const other = template([{ type: 'BODY', text: 'We are closing your account' }]);
  const stranger = await startGraph({ numbers: graph.numbers, clock: graph.clock });
  try {
    stranger.person({ phone: DANA });
    stranger.templates.push({ ...other, id: hello.id });
    const foreign = { ...credentialsOf(stranger), phoneNumberId: graph.numbers[0]!.id };
    const content = { type: 'template' as const, templateId: hello.id, values: [] };
    expect(await outbound.send(foreign, toPerson(DANA, content), AbortSignal.timeout(PATIENCE_MS))).toMatchObject({
      kind: 'sent',
    });

    expect(await send(hello)).toMatchObject({ kind: 'sent' });

    expect(graph.taken.at(-1)?.body).toMatchObject({ template: { name: hello.name } });
  } finally {
    await stranger.stop();
  }
});

describe('the list', () => {
  const list = (credentials: Record<string, string> = credentialsOf(graph)) =>
    outbound.templates!(credentials, AbortSignal.timeout(PATIENCE_MS));

  test('is read to its end, in the words of the compatible API', async () => {
    for (let n = 0; n < 250; n++) template([{ type: 'BODY', text: `Hi ${n}` }]);
    graph.templates.push({ ...graph.templates[0]!, id: 'elsewhere', wabaId: 'another' });
    const rich = template(
      [
        { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['https://cdn.example/1'] } },
        {
          type: 'BODY',
          text: 'Dear {{name}}',
          example: { body_text_named_params: [{ param_name: 'name', example: 'Dana' }] },
        },
        { type: 'CAROUSEL' },
        { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Shop', url: 'https://shop.example/{{1}}' }] },
      ],
      { status: 'REJECTED', rejected_reason: 'PROMOTIONAL', category: 'MARKETING', parameter_format: 'NAMED' },
    );
    const archived = template([{ type: 'BODY', text: '{{1}}', example: { body_text: [['a', 'b']] } }], {
      status: 'ARCHIVED',
    });

    const templates = await list();

    expect(templates).toHaveLength(252);
    expect(new Set(templates.map(({ templateId }) => templateId)).size).toBe(252);
    expect(countOf('GET message_templates')).toBe(3);
    expect(templates.at(-2)).toEqual({
      templateId: rich.id,
      name: rich.name,
      language: 'en_US',
      category: 'MARKETING',
      status: 'rejected',
      rejectedReason: 'PROMOTIONAL',
      components: [
        { type: 'HEADER', format: 'IMAGE', example: ['https://cdn.example/1'] },
        { type: 'BODY', text: 'Dear {{name}}', example: ['Dana'] },
        { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Shop', url: 'https://shop.example/{{1}}' }] },
      ],
    });
    expect(templates.at(-1)).toMatchObject({
      templateId: archived.id,
      status: 'archived',
      components: [{ example: ['a', 'b'] }],
    });
    expect(templates.at(-1)).not.toHaveProperty('rejectedReason');
  });

  test('leaves out what cannot be read', async () => {
    const one = template([{ type: 'BODY', text: 'Hi' }]);
    graph.answerNext('GET message_templates', {
      status: 200,
      body: { data: [null, { id: 7 }, { ...one, components: undefined }, one] },
    });
    expect(await list()).toMatchObject([{ templateId: one.id }]);
  });

  test('ends, also if Meta says for ever that there is more', async () => {
    for (let n = 0; n < 300; n++) {
      graph.answerNext('GET message_templates', {
        status: 200,
        body: { data: [], paging: { next: 'x', cursors: { after: 'same' } } },
      });
    }
    expect(await list()).toEqual([]);
    expect(countOf('GET message_templates')).toBe(200);
  });

  test('is refused if it has no end in sight', async () => {
    const long = { type: 'BODY', text: 'x'.repeat(4096) };
    const components = Array.from({ length: 10 }, () => long);
    for (let page = 0; page < 20; page++) {
      const data = Array.from({ length: 50 }, (_, n) => ({ ...template([]), id: `${page}.${n}`, components }));
      const paging = { next: 'x', cursors: { after: `${page}` } };
      graph.answerNext('GET message_templates', { status: 200, body: { data, paging } });
    }
    await expect(list()).rejects.toBeInstanceOf(MessengerUnreachableError);
  });

  test('has no template with more text than Meta takes', async () => {
    const one = template([{ type: 'BODY', text: 'Hi' }]);
    const data = [
      { ...one, components: [{ type: 'BODY', text: '{{1}}'.repeat(100_000) }] },
      { ...one, name: 'n'.repeat(1000) },
      { ...one, language: 'l'.repeat(1000) },
      one,
    ];
    graph.answerNext('GET message_templates', { status: 200, body: { data } });
    expect(await list()).toMatchObject([{ templateId: one.id, language: 'en_US' }]);
  });

  test('needs the account', async () => {
    const { wabaId: _none, ...credentials } = credentialsOf(graph);
    await expect(list(credentials)).rejects.toMatchObject({ fields: ['credentials.wabaId'] });
  });

  test.each([
    {
      name: 'a refusal',
      answer: { status: 400, body: { error: { code: 100, message: 'No' } } },
      error: CredentialsRefusedError,
    },
    { name: 'a 500', answer: { status: 500, body: {} }, error: MessengerUnreachableError },
    {
      name: 'a limit',
      answer: { status: 429, body: { error: { code: 80008, message: 'No' } } },
      error: MessengerUnreachableError,
    },
    { name: 'another shape', answer: { status: 200, body: { data: 7 } }, error: MessengerUnreachableError },
  ])('$name is an error', async ({ answer, error }) => {
    graph.answerNext('GET message_templates', answer);
    await expect(list()).rejects.toBeInstanceOf(error);
  });
});
