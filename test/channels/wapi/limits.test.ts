import { describe, expect, test } from 'vitest';
import { createGraph } from '#channels/meta/client';
import type { OutgoingContent } from '#channels/outbound';
import { refuses } from '#channels/wapi/limits';
import { createWapiOutbound } from '#channels/wapi/send';
import type { Button, Buttons } from '#domain/message';
import { startGraph } from '#test/doubles/graph';
import { PATIENCE_MS } from '#test/patience';
import { credentialsOf, fileOf, toPerson } from './outgoing.ts';

const MB = 1024 * 1024;

const text = (length: number): OutgoingContent => ({ type: 'text', text: 'я'.repeat(length) });
const file = (
  kind: 'image' | 'audio' | 'voice' | 'video' | 'document',
  mimeType: string,
  size = 10,
): OutgoingContent => ({
  type: 'file',
  file: fileOf({ kind, mimeType, size }),
});
const choice = (buttons: readonly Button[], words = 'Choose'): OutgoingContent => ({
  type: 'text',
  text: words,
  buttons: { place: 'inline', rows: [buttons] },
});
const many = (count: number, title = 'Choice') => Array.from({ length: count }, (_, n) => ({ text: `${title} ${n}` }));
const template = (...values: string[]): OutgoingContent => ({ type: 'template', templateId: '1', values });

const ROWS = [
  { name: 'a text of 4096', content: text(4096), code: undefined },
  { name: 'a text of 4097', content: text(4097), code: 'MESSAGES_TOO_LONG_WABA' },
  { name: 'a text of 2048 emoji', content: { type: 'text', text: '😀'.repeat(2048) }, code: undefined },
  {
    name: 'a text of 2049 emoji',
    content: { type: 'text', text: '😀'.repeat(2049) },
    code: 'MESSAGES_TOO_LONG_WABA',
  },

  { name: 'buttons below 1024', content: choice(many(3), 'a'.repeat(1024)), code: undefined },
  { name: 'buttons below 1025', content: choice(many(3), 'a'.repeat(1025)), code: 'MESSAGES_TOO_LONG_WABA' },
  { name: 'a list below 4096', content: choice(many(4), 'a'.repeat(4096)), code: undefined },
  { name: 'a list below 4097', content: choice(many(4), 'a'.repeat(4097)), code: 'MESSAGES_TOO_LONG_WABA' },
  { name: 'twenty buttons', content: choice(many(20)), code: undefined },
  { name: 'a long title', content: choice(many(2, 'a'.repeat(19))), code: 'INVALID_MESSAGE_DATA' },
  { name: 'an empty title', content: choice([{ text: ' ' }]), code: 'INVALID_MESSAGE_DATA' },
  { name: 'equal titles', content: choice([{ text: 'Yes' }, { text: 'Yes' }]), code: 'INVALID_MESSAGE_DATA' },
  { name: 'equal titles in a list', content: choice(Array(4).fill({ text: 'Yes' })), code: undefined },
  {
    name: 'equal payloads',
    content: choice([
      { text: 'Yes', payload: 'a' },
      { text: 'No', payload: 'a' },
    ]),
    code: 'INVALID_MESSAGE_DATA',
  },
  {
    name: 'a payload that is a number',
    content: choice([{ text: 'a', payload: '1' }, { text: 'b' }]),
    code: 'INVALID_MESSAGE_DATA',
  },
  { name: 'a payload of 256', content: choice([{ text: 'Yes', payload: 'p'.repeat(256) }]), code: undefined },
  {
    name: 'a payload of 257',
    content: choice([{ text: 'Yes', payload: 'p'.repeat(257) }]),
    code: 'INVALID_MESSAGE_DATA',
  },
  {
    name: 'a list with a payload of 200',
    content: choice([...many(3), { text: 'a', payload: 'p'.repeat(200) }]),
    code: undefined,
  },
  {
    name: 'a list with a payload of 201',
    content: choice([...many(3), { text: 'a', payload: 'p'.repeat(201) }]),
    code: 'INVALID_MESSAGE_DATA',
  },
  {
    name: 'a payload with space around it',
    content: choice([{ text: 'Yes', payload: ' y' }]),
    code: 'INVALID_MESSAGE_DATA',
  },
  { name: 'one address', content: choice([{ text: 'Shop', url: 'https://a.example' }]), code: undefined },
  {
    name: 'an address and a choice',
    content: choice([{ text: 'No' }, { text: 'Shop', url: 'https://a.example' }]),
    code: 'INVALID_MESSAGE_DATA',
  },
  {
    name: 'a choice and an address',
    content: choice([{ text: 'Shop', url: 'https://a.example' }, { text: 'No' }]),
    code: 'INVALID_MESSAGE_DATA',
  },

  { name: 'a picture of 5 MB', content: file('image', 'image/jpeg', 5 * MB), code: undefined },
  {
    name: 'a larger picture',
    content: file('image', 'image/jpeg', 5 * MB + 1),
    code: 'MESSAGES_CONTENT_SIZE_EXCEEDED_WABA',
  },
  { name: 'a video of 16 MB', content: file('video', 'video/mp4', 16 * MB), code: undefined },
  {
    name: 'a larger video',
    content: file('video', 'video/mp4', 16 * MB + 1),
    code: 'MESSAGES_CONTENT_SIZE_EXCEEDED_WABA',
  },
  { name: 'a sound of 16 MB', content: file('audio', 'audio/mpeg', 16 * MB), code: undefined },
  {
    name: 'a larger voice message',
    content: file('voice', 'audio/ogg', 16 * MB + 1),
    code: 'MESSAGES_CONTENT_SIZE_EXCEEDED_WABA',
  },
  { name: 'a document of 100 MB', content: file('document', 'application/zip', 100 * MB), code: undefined },
  {
    name: 'a larger document',
    content: file('document', 'application/zip', 100 * MB + 1),
    code: 'MESSAGES_CONTENT_SIZE_EXCEEDED_WABA',
  },
  { name: 'an empty file', content: file('document', 'text/plain', 0), code: 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK' },
  { name: 'a GIF', content: file('image', 'image/gif'), code: 'MESSAGE_WRONG_CONTENT_TYPE' },
  { name: 'a picture of another spelling', content: file('image', 'IMAGE/JPG; q=1'), code: undefined },
  { name: 'an SVG', content: file('image', 'image/svg+xml'), code: 'MESSAGE_WRONG_CONTENT_TYPE' },
  { name: 'a film of a phone', content: file('video', 'video/quicktime'), code: 'MESSAGE_WRONG_CONTENT_TYPE' },
  { name: 'a wave', content: file('audio', 'audio/wav'), code: 'MESSAGE_WRONG_CONTENT_TYPE' },

  { name: 'a value of 1024', content: template('a'.repeat(1024)), code: undefined },
  { name: 'a value of 1025', content: template('a', 'b'.repeat(1025)), code: 'MESSAGES_TOO_LONG_WABA_TEMPLATE' },
  {
    name: "a template's header of 6 MB",
    content: { ...template(), file: fileOf({ kind: 'image', mimeType: 'image/png', size: 6 * MB }) },
    code: 'MESSAGES_CONTENT_SIZE_EXCEEDED_WABA',
  },
] as { name: string; content: OutgoingContent; code: string | undefined }[];

test.each(ROWS)('$name: $code', ({ content, code }) => {
  expect(refuses(content)).toBe(code);
});

describe('a template that is known, with its values in it', () => {
  const known = {
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}' },
      { type: 'BODY', text: '{{2}} for {{1}}' },
      { type: 'FOOTER', text: 'f'.repeat(60) },
    ],
  } as const;
  test.each([
    { name: 'a header of 60', values: ['1'.repeat(54), 'a', 'b'], code: undefined },
    { name: 'a header of 61', values: ['1'.repeat(55), 'a', 'b'], code: 'MESSAGES_TOO_LONG_WABA_HEADER' },
    { name: 'a body of 1024', values: ['1', 'a', 'b'.repeat(1018)], code: undefined },
    { name: 'a body of 1025', values: ['1', 'a', 'b'.repeat(1019)], code: 'MESSAGES_TOO_LONG_WABA_TEMPLATE' },
    {
      name: 'a long end of an address',
      values: ['1', 'a', 'b', 'c'.repeat(1025)],
      code: 'MESSAGES_TOO_LONG_WABA_TEMPLATE',
    },
  ])('$name: $code', ({ values, code }) => {
    expect(refuses(template(...values), known)).toBe(code);
  });
});

describe('of texts and buttons, WhatsApp takes what is not refused, and nothing else', () => {
  test.each(ROWS.filter(({ content }) => content.type === 'text' && !isMixed(content.buttons)))(
    '$name',
    async ({ content, code }) => {
      const graph = await startGraph();
      const outbound = createWapiOutbound(createGraph(fetch), graph.clock);

      const sent = await outbound.send(
        credentialsOf(graph),
        toPerson('12025550142', content),
        AbortSignal.timeout(PATIENCE_MS),
      );

      await graph.stop();
      expect(sent.kind).toBe(code === undefined ? 'sent' : 'refused');
    },
  );
});

/** An address beside choices: the adapter sends only one of the two, so WhatsApp never sees the mistake. */
function isMixed(buttons: Buttons | undefined): boolean {
  const all = (buttons?.rows ?? []).flat();
  return all.length > 1 && all.some(({ url }) => url !== undefined);
}
