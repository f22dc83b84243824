import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';
import type { Inspected, Link } from '#channels/channel';
import type { KnownBy } from '#channels/inbound';
import { notInspected, type Refused, resultOf } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { hostOf, isOfSame } from '#channels/webhook-address';
import type { Clock } from '#clock';
import type { ChannelLink } from '#domain/channel';
import type { CallBridge } from './client.ts';
import { meaningOf } from './errors.ts';
import { WANTED_EVENTS } from './kinds.ts';
import { linkOf } from './link.ts';

/** So long may WhatsApp take to answer a question that is asked through the phone's link. */
const PROBE_MS = 10_000;
/** The text of a QR code has about 240 characters. */
const LONGEST_QR = 2048;

const webhookSchema = z.object({
  enabled: z.boolean(),
  url: z.string(),
  events: lenient(z.array(z.string())),
  webhookBase64: lenient(z.boolean()),
  webhookByEvents: lenient(z.boolean()),
});
type Webhook = z.infer<typeof webhookSchema>;

const instancesSchema = z.array(
  z.object({
    name: lenient(z.string()),
    connectionStatus: lenient(z.string()),
    ownerJid: lenient(z.nullable(z.string())),
    disconnectionReasonCode: lenient(z.nullable(z.int())),
  }),
);

/** A bridge says `state` of a linked phone, and gives the code of one that is not. */
const connectSchema = z.object({
  instance: lenient(z.object({ state: lenient(z.string()) })),
  code: lenient(z.nullable(z.string().check(z.maxLength(LONGEST_QR)))),
});

/** Asks the bridge how it is. */
export interface Inspection {
  inspect(channel: KnownBy, url: string, signal: AbortSignal): Promise<Inspected>;
  link(credentials: Credentials, signal: AbortSignal): Promise<Link>;
}

/** Asks after the webhook of an instance and the link to its phone. */
export function createInspection(call: CallBridge, clock: Clock): Inspection {
  return {
    async inspect({ credentials }, url, signal) {
      const webhook = await call(credentials, { method: 'GET', path: 'webhook/find' }, signal);
      if (webhook.kind !== 'ok') return notInspected(webhook, (refused) => meaningOf(refused).kind === 'unauthorized');
      const link = await phoneOf(credentials, signal);
      const report = link && { report: { link, time: clock.now() } };
      return { ...heard(webhook.result, url), ...report };
    },

    async link(credentials, signal) {
      const answer = await call(credentials, { method: 'GET', path: 'instance/connect' }, signal);
      const { instance, code } = connectSchema.safeParse(resultOf(answer, blamed)).data ?? {};
      if (code) return { state: 'qridle', qr: code };
      return { state: linkOf(instance?.state, undefined) ?? 'init' };
    },
  };

  /** The link to the phone: what the bridge says of it, and what a question says that only WhatsApp can answer. */
  async function phoneOf(credentials: Credentials, signal: AbortSignal): Promise<ChannelLink | undefined> {
    const query = { instanceName: credentials.instance ?? '' };
    const answer = await call(
      credentials,
      { method: 'GET', path: 'instance/fetchInstances', ofAll: true, query },
      signal,
    );
    const all = answer.kind === 'ok' ? instancesSchema.safeParse(answer.result).data : undefined;
    const found = all?.find(({ name }) => name === credentials.instance);
    if (!found) return undefined;
    const { connectionStatus, ownerJid, disconnectionReasonCode } = found;
    // Nobody has ever scanned its code.
    if (!ownerJid && connectionStatus !== 'open') return 'qridle';
    const link = linkOf(connectionStatus, disconnectionReasonCode ?? undefined);
    return link === 'active' ? probe(credentials, ownerJid ?? '', signal) : link;
  }

  /** Some bridges say `open` and are deaf: evo#2196. The question goes to WhatsApp each time. */
  async function probe(credentials: Credentials, ownerJid: string, signal: AbortSignal): Promise<ChannelLink> {
    const number = ownerJid.split(/[:@]/)[0] ?? '';
    const answer = await call(
      credentials,
      { method: 'POST', path: 'chat/fetchBusinessProfile', json: { number } },
      AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)]),
    );
    return answer.kind === 'unreachable' ? 'phoneUnavailable' : 'active';
  }
}

/** Whether the bridge still calls the address, and with everything. */
function heard(result: unknown, url: string): Inspected {
  const webhook = webhookSchema.safeParse(result).data;
  if (!webhook?.enabled) return { kind: 'deaf', why: 'the instance has no webhook' };
  if (webhook.url !== url && isOfSame(webhook.url, url))
    return { kind: 'deaf', why: 'the webhook of the instance leads to an earlier address' };
  if (webhook.url !== url)
    return { kind: 'elsewhere', why: `the webhook of the instance leads to ${hostOf(webhook.url)}` };
  const why = faultOf(webhook);
  return why === undefined ? { kind: 'listening' } : { kind: 'deaf', why };
}

function faultOf({ events = [], webhookBase64, webhookByEvents }: Webhook): string | undefined {
  const missing = WANTED_EVENTS.filter((event) => !events.includes(event));
  if (missing.length > 0) return `the webhook leaves out ${missing.join(', ')}`;
  if (webhookByEvents) return 'the webhook has an address for each event';
  return webhookBase64 ? 'the webhook has whole files in it' : undefined;
}

function blamed({ code }: Refused): readonly string[] {
  return code === '401' || code === '403' ? ['credentials.apiKey'] : ['credentials.instance'];
}
