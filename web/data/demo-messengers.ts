import { baseOf } from './api.ts';

/**
 * The messengers of the demo in which a client can be played, with the type of their chats. The second bot gives its new
 * clients out in turn. Those after `whatsapp` are the kinds of src/local/demo/kinds.ts.
 */
export const DEMO_MESSENGERS = [
  { name: 'telegram', chatType: 'telegram' },
  { name: 'in-turn', chatType: 'telegram' },
  { name: 'whatsapp', chatType: 'whatsapp' },
  { name: 'instagram', chatType: 'instagram' },
  { name: 'facebook', chatType: 'facebook' },
  { name: 'max', chatType: 'max' },
  { name: 'vk', chatType: 'vk' },
  { name: 'whatsapp-qr', chatType: 'whatsapp' },
  { name: 'avito', chatType: 'avito' },
  { name: 'viber', chatType: 'viber' },
] as const;

/** The name of one of them. */
export type DemoMessenger = (typeof DEMO_MESSENGERS)[number]['name'];

/** The people that a visitor can be, as the demo messengers know them (src/local/demo/kit/clients.ts). */
export const DEMO_PEOPLE = [
  { id: 'anna', name: 'Anna', chat: 1001, phone: '79005550101' },
  { id: 'bob', name: 'Bob', chat: 1002, phone: '79005550102' },
  { id: 'carol', name: 'Carol', chat: 1003, phone: '79005550103' },
  { id: 'dan', name: 'Dan', chat: 1004, phone: '79005550104' },
  { id: 'eva', name: 'Eva', chat: 1005, phone: '79005550105' },
  { id: 'frank', name: 'Frank', chat: 1006, phone: '79005550106' },
] as const;

/** One of them. */
export type DemoPerson = (typeof DEMO_PEOPLE)[number];

/** A message as the client sees it in the messenger. */
export interface DemoLine {
  readonly key: string;
  readonly isOwn: boolean;
  readonly text: string;
  /** Epoch ms. */
  readonly at: number;
}

interface RawMessage {
  readonly id?: string;
  readonly message_id?: number;
  readonly from: string;
  readonly client?: string;
  readonly chat?: number;
  readonly phone?: string;
  readonly text: string;
  readonly file?: { readonly name: string };
  readonly at?: number;
  readonly date?: number;
  readonly timestamp?: number;
}

/** Writes as that person. Throws if the messenger did not take it. */
export async function writeAs(messenger: DemoMessenger, person: DemoPerson, text: string, file?: File): Promise<void> {
  const type = file?.type || 'application/octet-stream';
  const sent = file && { file: { name: file.name, type, base64: await base64Of(file) } };
  const response = await fetch(addressOf(messenger, 'write'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client: person.id, text, ...sent }),
  });
  if (!response.ok) throw new Error(`${response.status}`);
}

/** What that person sees in the messenger, the oldest first. */
export async function readAs(messenger: DemoMessenger, person: DemoPerson): Promise<readonly DemoLine[]> {
  const response = await fetch(addressOf(messenger, 'messages'));
  if (!response.ok) throw new Error(`${response.status}`);
  const { messages } = (await response.json()) as { messages: readonly RawMessage[] };
  const isOf = ({ client, chat, phone }: RawMessage) =>
    client === person.id || chat === person.chat || phone === person.phone;
  return messages.filter(isOf).map(lineOf);
}

/** Has the messenger refuse the next reply. Throws if it did not take that. */
export async function refuseNext(messenger: DemoMessenger): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(addressOf(messenger, 'refuse-next'), { method: 'POST', headers, body: '{}' });
  if (!response.ok) throw new Error(`${response.status}`);
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
}

function lineOf({ id, message_id, from, text, file, at, date, timestamp }: RawMessage): DemoLine {
  const said = [file && `📎 ${file.name}`, text].filter(Boolean).join('\n');
  return {
    key: String(id ?? message_id),
    isOwn: from === 'client',
    text: said,
    at: at ?? (date ?? timestamp ?? 0) * 1000,
  };
}

function addressOf(messenger: DemoMessenger, route: string): string {
  const path = messenger === 'telegram' ? 'demo-messenger' : `demo-messenger/${messenger}`;
  return `${baseOf(location)}/${path}/${route}`;
}
