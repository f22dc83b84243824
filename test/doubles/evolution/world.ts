import { createHmac, randomBytes } from 'node:crypto';
import type { Answer } from '../http.ts';
import type { VirtualClock } from '../virtual-clock.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Somebody who is at WhatsApp, by phone number, by hidden address, or by both. */
export interface Person {
  readonly phone?: string;
  readonly lid?: string;
  readonly name?: string;
  /** WhatsApp hides the number from the bridge: messages name the hidden address only. */
  readonly hidesPhone?: boolean;
  /** What is sent to the number of this person is taken and then fails: evo#2629. */
  readonly onlyByLid?: boolean;
}

/** A message in the bridge's database. */
export interface Stored {
  readonly id: string;
  readonly key: Fields & { readonly id: string; readonly fromMe: boolean; readonly remoteJid: string };
  readonly pushName: string | null;
  readonly messageType: string;
  message: Fields;
  messageTimestamp: number;
  readonly instanceId: string;
  readonly source: string;
  readonly contextInfo: unknown;
  MessageUpdate: { status: string }[];
}

/** The webhook of an instance as `webhook/set` left it. */
export interface Webhook {
  readonly enabled: boolean;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly events: readonly string[];
  readonly webhookBase64: boolean;
  readonly webhookByEvents: boolean;
}

/** A phone at the bridge. */
export interface Instance {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  state: 'open' | 'connecting' | 'close';
  ownerJid: string | null;
  profileName: string | null;
  disconnectionReasonCode: number | null;
  /** The QR code that the phone has to read. */
  code: string | null;
  webhook: Webhook | undefined;
  readonly messages: Stored[];
  /** The bridge says `open`, and nothing goes through: evo#2196. */
  isMute: boolean;
}

/** What a bridge is. */
export interface Bridge {
  readonly clock: VirtualClock;
  readonly globalKey: string;
  readonly instances: Map<string, Instance>;
  readonly people: Person[];
  readonly files: Map<string, { readonly bytes: Uint8Array; readonly mimetype: string; readonly fileName: string }>;
}

/** A refusal in the bridge's words. */
export class Refused extends Error {
  readonly answer: Answer;

  constructor(status: number, error: string, message: unknown) {
    super(error);
    this.answer = no(status, error, message);
  }
}

/** The shape of every refusal: https://github.com/EvolutionAPI/evolution-api/blob/2.3.7/src/main.ts */
export function no(status: number, error: string, message: unknown): Answer {
  return { status, body: { status, error, response: { message } } };
}

export function ok(body: unknown, status = 200): Answer {
  return { status, body };
}

export function messageId(): string {
  return `3EB0${randomBytes(8).toString('hex').toUpperCase()}`;
}

/** The token that the bridge signs once for all tries of a webhook: it ends after ten minutes. */
export function tokenOf(key: string, now: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(now / 1000);
  const head = part({ alg: 'HS256', typ: 'JWT' });
  const claims = part({ iat, exp: iat + 600, app: 'evolution', action: 'webhook' });
  const signature = createHmac('sha256', key).update(`${head}.${claims}`).digest('base64url');
  return `${head}.${claims}.${signature}`;
}

/** What the bridge makes an address of: https://github.com/EvolutionAPI/evolution-api/blob/2.3.7/src/utils/createJid.ts */
export function jidOf(number: string): string {
  return /@(?:g\.us|s\.whatsapp\.net|lid|broadcast)$/.test(number)
    ? number
    : `${number.replaceAll(/\D/g, '')}@s.whatsapp.net`;
}
