import { baseOf } from './api.ts';

/** A messenger of the demo in which a client can be played. The second bot gives its new clients out in turn. */
export type DemoMessenger = 'telegram' | 'in-turn' | 'whatsapp';

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
  readonly chat?: number;
  readonly phone?: string;
  readonly text: string;
  readonly file?: { readonly name: string };
  readonly date?: number;
  readonly timestamp?: number;
}

const PATHS = {
  telegram: 'demo-messenger',
  'in-turn': 'demo-messenger/in-turn',
  whatsapp: 'demo-messenger/whatsapp',
} as const;

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
  return messages.filter(({ chat, phone }) => chat === person.chat || phone === person.phone).map(lineOf);
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
}

function lineOf({ id, message_id, from, text, file, date, timestamp }: RawMessage): DemoLine {
  const said = [file && `📎 ${file.name}`, text].filter(Boolean).join('\n');
  return { key: String(id ?? message_id), isOwn: from === 'client', text: said, at: (date ?? timestamp ?? 0) * 1000 };
}

function addressOf(messenger: DemoMessenger, route: string): string {
  return `${baseOf(location)}/${PATHS[messenger]}/${route}`;
}
