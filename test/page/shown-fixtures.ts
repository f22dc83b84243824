import { readdirSync } from 'node:fs';
import type * as z from 'zod/mini';
import type { message } from '#api/history-routes';
import { presentMessage } from '#api/present-message';
import type { Received, ReceivedMessage } from '#channels/inbound';
import { createTelegram } from '#channels/telegram/index';
import { createWapi } from '#channels/wapi/index';
import { type Fact, factKey } from '#domain/fact';
import { chatKey } from '#domain/message';
import { parserOf } from '#test/channels/messages';
import { update } from '#test/channels/telegram/updates';
import { said } from '#test/channels/wapi/webhooks';

/** A line of a history, as the API answers it. */
export type Line = z.infer<typeof message>;

const FOLDER = new URL('../fixtures/telegram/', import.meta.url);
/** What WhatsApp sends, by the fields of its message. */
const IN_WHATSAPP: readonly Record<string, unknown>[] = [
  { type: 'text', text: { body: 'Hello from WhatsApp' } },
  { type: 'image', image: { id: '1', mime_type: 'image/jpeg', sha256: 'a', caption: 'this one' } },
  { type: 'sticker', sticker: { id: '1', mime_type: 'image/webp', sha256: 'a', animated: false } },
  { type: 'audio', audio: { id: '1', mime_type: 'audio/ogg; codecs=opus', sha256: 'a', voice: true } },
  { type: 'document', document: { id: '1', mime_type: 'application/pdf', sha256: 'a', filename: 'offer.pdf' } },
  { type: 'location', location: { latitude: 1.5, longitude: -2.5, name: 'The office' } },
  { type: 'contacts', contacts: [{ name: { formatted_name: 'Dana Q' }, phones: [{ phone: '+1 202 555 0101' }] }] },
  { type: 'button', button: { payload: 'p', text: 'Yes, please' } },
  { type: 'unsupported', errors: [{ code: 131051, title: 'Message type unknown' }] },
];

/** Every message that the recorded webhooks bring, as the API would answer it in that chat, a minute apart. */
export function shownFixtures(chat: { channelId: string; chatType: string; chatId: string }, newest: number): Line[] {
  const telegram = parserOf(createTelegram());
  const wapi = parserOf(createWapi());
  const names = readdirSync(FOLDER).map((name) => name.replace(/\.json$/, ''));
  const received = [
    ...names.flatMap((name) => telegram(update(name))),
    ...IN_WHATSAPP.flatMap((fields) => wapi(said(fields))),
  ].filter(isMessage);
  return received.map((one, index) => {
    const time = newest - (received.length - index) * 60_000;
    return presentMessage(chatKey(chat), factOf(one, time, `${index}`), new Map(), undefined);
  });
}

function isMessage(one: Received): one is ReceivedMessage {
  return one.kind === 'client' || one.kind === 'echo';
}

function factOf({ kind, author, content, opens }: ReceivedMessage, time: number, id: string): Fact {
  const stored = { key: factKey(time, id), author, content, storedAt: time };
  return kind === 'client' ? { ...stored, kind, opens } : { ...stored, kind };
}
