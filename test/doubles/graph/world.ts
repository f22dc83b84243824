import { createHash } from 'node:crypto';
import type { Clock } from '#clock';
import type { Answer } from '../http.ts';

/** A business number. Its account is one of `Meta.wabaIds`. */
export interface GraphNumber {
  readonly id: string;
  /** Digits with the country's code. */
  readonly phone: string;
  readonly country: string;
  readonly wabaId: string;
  readonly name: string;
  /** Messages a second, in both directions. */
  readonly perSecond: number;
}

/** A person at WhatsApp. The phone is digits. A webhook tells it unless the person hides it. */
export interface Person {
  readonly phone?: string;
  readonly userId?: string;
  readonly name: string;
  readonly username?: string;
  readonly hidesPhone?: true;
}

export interface GraphTemplate {
  readonly id: string;
  readonly wabaId: string;
  readonly name: string;
  readonly language: string;
  status: string;
  category: string;
  readonly parameter_format?: 'POSITIONAL' | 'NAMED';
  readonly rejected_reason?: string;
  components: readonly TemplatePart[];
}

export interface TemplatePart {
  readonly type: string;
  readonly format?: string;
  readonly text?: string;
  readonly example?: unknown;
  readonly buttons?: readonly {
    readonly type: string;
    readonly text?: string;
    readonly url?: string;
    readonly example?: unknown;
  }[];
}

export interface StoredMedia {
  readonly id: string;
  readonly phoneNumberId: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly until: number;
}

/** A message of the business that was taken. `fate` is what becomes of it. */
export interface Taken {
  readonly wamid: string;
  readonly numberId: string;
  /** Absent if it is for a person that there is not: nothing is ever heard of it. */
  readonly person?: Person;
  readonly dialled: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly opaque?: string;
  readonly failsWith?: number;
}

/** All that Meta knows. */
export interface Meta {
  readonly clock: Clock;
  readonly tokens: Set<string>;
  readonly appSecret: string;
  readonly numbers: GraphNumber[];
  readonly people: Person[];
  readonly templates: GraphTemplate[];
  readonly media: Map<string, StoredMedia>;
  readonly taken: Taken[];
  /** When a person last wrote or called, by `pairOf`. */
  readonly windows: Map<string, number>;
  /** When messages of a number went, either way, within the last second. */
  readonly recent: Map<string, number[]>;
  /** When the pair has paid back all that it borrowed, by `pairOf`. */
  readonly paidBack: Map<string, number>;
  /** Accounts that take marketing by its own endpoint only. */
  readonly marketingMoved: Set<string>;
  nextId(): number;
}

export function pairOf(numberId: string, person: Person): string {
  return `${numberId}#${person.userId ?? person.phone}`;
}

export function wamidOf(n: number): string {
  return `wamid.${Buffer.from(`double message ${n}`).toString('base64')}`;
}

/** Keeps a file: for 30 days if it was uploaded, for 7 if a person sent it. */
export function storeMedia(
  meta: Meta,
  phoneNumberId: string,
  mimeType: string,
  bytes: Buffer,
  days: number,
): StoredMedia {
  const id = String(9_000_000_000_000 + meta.nextId());
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const media = { id, phoneNumberId, mimeType, bytes, sha256, until: meta.clock.now() + days * 86_400_000 };
  meta.media.set(id, media);
  return media;
}

/** The file, if that number may use it and it is not over. */
export function mediaOf(meta: Meta, phoneNumberId: string | undefined, id: string): StoredMedia | undefined {
  const media = meta.media.get(id);
  if (!media || meta.clock.now() >= media.until) return undefined;
  return phoneNumberId === undefined || media.phoneNumberId === phoneNumberId ? media : undefined;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** https://developers.facebook.com/docs/graph-api/guides/error-handling */
export function graphError(
  code: number,
  message: string,
  { status = 400, details, subcode }: { status?: number; details?: string; subcode?: number } = {},
): Answer {
  const error = {
    message: `(#${code}) ${message}`,
    type: 'OAuthException',
    code,
    ...(details !== undefined && { error_data: { messaging_product: 'whatsapp', details } }),
    ...(subcode !== undefined && { error_subcode: subcode }),
    fbtrace_id: 'Adouble',
  };
  return { status, body: { error } };
}

/** Thrown where a request is refused, and turned into its answer. */
export class Refused extends Error {
  readonly answer: Answer;

  constructor(...error: Parameters<typeof graphError>) {
    super(error[1]);
    this.answer = graphError(...error);
  }
}
