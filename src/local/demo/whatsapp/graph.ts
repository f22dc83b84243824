import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Clock } from '#clock';
import { answerJson, type PlainAnswer } from '#local/server/gateway';
import type { MediaFiles } from '../kit/media-files.ts';
import { type DemoNumberStores, no } from './graph-answers.ts';
import { NUMBER } from './number-ids.ts';
import type { NumberState } from './number-state.ts';
import { sendMessage } from './send-message.ts';
import { TEMPLATES } from './templates.ts';

/** A call of the Graph API, without the version in its path. */
export interface GraphCall {
  readonly method: string;
  readonly path: string;
  /** The fields of its body. */
  readonly sent: unknown;
}

const addressSchema = z.object({
  webhook_configuration: z.object({ override_callback_uri: z.string(), verify_token: z._default(z.string(), '') }),
});
const mediaSchema = z.object({ file: z.instanceof(File) });

const HANDSHAKE_MS = 10_000;
const CHALLENGE = '1158201444';

/**
 * Answers as the Graph API does, for the paths that Konvert needs:
 * https://developers.facebook.com/documentation/business-messaging/whatsapp
 */
export async function callGraph(
  stores: DemoNumberStores,
  clock: Clock,
  base: string,
  { method, path, sent }: GraphCall,
): Promise<PlainAnswer> {
  const { state, files } = stores;
  const { phoneNumberId, wabaId, phone } = NUMBER;
  switch (`${method} ${path}`) {
    case `GET /${phoneNumberId}`:
      return answerJson(200, {
        id: phoneNumberId,
        display_phone_number: `+${phone}`,
        verified_name: 'Demo number',
        webhook_configuration: { phone_number: state.webhook()?.url },
      });
    case `GET /${wabaId}/subscribed_apps`:
      return answerJson(200, { data: [{ whatsapp_business_api_data: { id: '77001', name: 'Konvert' } }] });
    case `GET /${wabaId}/message_templates`:
      return answerJson(200, { data: TEMPLATES, paging: {} });
    case `POST /${wabaId}/subscribed_apps`:
      return answerJson(200, { success: true });
    case `POST /${phoneNumberId}`:
      return setAddress(state, sent);
    case `POST /${phoneNumberId}/messages`:
      return sendMessage(stores, clock, sent);
    case `POST /${phoneNumberId}/media`: {
      const read = mediaSchema.safeParse(sent);
      if (!read.success) return no(100, '(#100) The parameter file is required.');
      const { file } = read.data;
      const bytes = new Uint8Array(await file.arrayBuffer());
      const { id } = await files.add({ name: file.name, type: file.type || 'application/octet-stream', bytes });
      return answerJson(200, { id });
    }
    default: {
      if (method !== 'GET') return unknown();
      const template = TEMPLATES.find(({ id }) => path === `/${id}`);
      return template ? answerJson(200, template) : readMedia(files, base, path);
    }
  }
}

/** The answer to a call without the right token. */
export function refuseToken(): PlainAnswer {
  return no(190, 'Invalid OAuth access token - Cannot parse access token', 401);
}

/** An empty address takes the present one away. Meta asks any other for a challenge before it takes it. */
async function setAddress(state: NumberState, sent: unknown): Promise<PlainAnswer> {
  const read = addressSchema.safeParse(sent);
  if (!read.success) return no(100, '(#100) The parameter webhook_configuration is required.');
  const { override_callback_uri: url, verify_token: verifyToken } = read.data.webhook_configuration;
  if (url === '') {
    await state.setWebhook(undefined);
    return answerJson(200, { success: true });
  }
  if (!URL.canParse(url)) return no(100, '(#100) override_callback_uri is no address.');
  const asked = new URL(url);
  asked.searchParams.set('hub.mode', 'subscribe');
  asked.searchParams.set('hub.challenge', CHALLENGE);
  asked.searchParams.set('hub.verify_token', verifyToken);
  const answer = await fetch(asked, { signal: AbortSignal.timeout(HANDSHAKE_MS) }).catch(() => undefined);
  if (answer?.status !== 200 || (await answer.text()) !== CHALLENGE)
    return no(2200, '(#2200) Callback verification failed', 400);
  await state.setWebhook({ url, verifyToken });
  return answerJson(200, { success: true });
}

/** What is known of a file, or its bytes: `/{id}` and `/bytes/{id}`. */
async function readMedia(files: MediaFiles, base: string, path: string): Promise<PlainAnswer> {
  const [, bytesOf, idOf] = /^\/(bytes\/)?(\d+)$/.exec(path) ?? [];
  const file = idOf === undefined ? undefined : await files.get(idOf);
  if (!file) return unknown();
  const { id, type, bytes } = file;
  if (bytesOf !== undefined) return { status: 200, headers: { 'content-type': type }, body: bytes };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return answerJson(200, { id, url: `${base}/bytes/${id}`, mime_type: type, sha256, file_size: bytes.length });
}

function unknown(): PlainAnswer {
  return no(100, 'Unsupported request. The object does not exist, or it has no such edge.', 400);
}
