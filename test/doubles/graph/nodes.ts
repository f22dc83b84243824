import type { Answer, RawRequest } from '../http.ts';
import type { GraphCall } from './routes.ts';
import { fieldsOf } from './templates.ts';
import {
  type GraphNumber,
  type GraphTemplate,
  graphError,
  type Meta,
  mediaOf,
  ok,
  Refused,
  storeMedia,
} from './world.ts';

const MB = 1024 * 1024;
const OFFICE = 'application/vnd.openxmlformats-officedocument';
/** In the order of Meta's own words: https://github.com/fbsamples/whatsapp-api-examples/issues/10 */
const UPLOADED = [
  ...['audio/aac', 'audio/mp4', 'audio/mpeg', 'audio/amr', 'audio/ogg', 'audio/opus', 'application/vnd.ms-powerpoint'],
  ...['application/msword', `${OFFICE}.wordprocessingml.document`, `${OFFICE}.presentationml.presentation`],
  ...[`${OFFICE}.spreadsheetml.sheet`, 'application/pdf', 'text/plain', 'application/vnd.ms-excel', 'image/jpeg'],
  ...['image/png', 'image/webp', 'video/mp4', 'video/3gpp'],
];
const MOST_BYTES: Readonly<Record<string, number>> = { image: 5 * MB, audio: 16 * MB, video: 16 * MB };

/** The fields that are asked for, and the id. Throws for one that there is not. */
export function pick(node: Readonly<Record<string, unknown>>, fields: string | undefined): Record<string, unknown> {
  if (fields === undefined) return { ...node };
  const names = fields.split(',').map((name) => name.replace(/[{(.].*$/, '').trim());
  const unknown = names.find((name) => !(name in node));
  if (unknown !== undefined) throw new Refused(100, `Tried accessing nonexisting field (${unknown})`);
  return Object.fromEntries(
    ['id', ...names].map((name) => [name, node[name]]).filter(([, value]) => value !== undefined),
  );
}

/** What a business number says of itself. */
export function phoneNode({ id, phone, name }: GraphNumber): Record<string, unknown> {
  return {
    id,
    display_phone_number: `+${phone}`,
    verified_name: name,
    code_verification_status: 'VERIFIED',
    quality_rating: 'GREEN',
    platform_type: 'CLOUD_API',
    throughput: { level: 'STANDARD' },
    name_status: 'APPROVED',
    status: 'CONNECTED',
    account_mode: 'LIVE',
    messaging_limit_tier: 'TIER_1K',
    whatsapp_business_manager_messaging_limit: 'TIER_1K',
    is_official_business_account: false,
    is_on_biz_app: false,
    last_onboarded_time: '2026-01-01T00:00:00+0000',
    webhook_configuration: {},
  };
}

/** The bytes of a file, for five minutes from when its address was asked for, and with a token only. */
export function fileAnswer(meta: Meta, { id, query }: GraphCall, headers: RawRequest['headers']): Answer {
  const token = headers.authorization?.replace(/^Bearer /, '');
  const isKnown = token !== undefined && meta.tokens.has(token);
  const media = mediaOf(meta, undefined, id);
  if (!isKnown) return { status: 401, body: '' };
  if (!media || meta.clock.now() >= Number(query.until)) return { status: 404, body: '' };
  return { status: 200, body: media.bytes, headers: { 'content-type': media.mimeType } };
}

export function notThere(id: string): Answer {
  return graphError(
    100,
    `Unsupported request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions`,
    { subcode: 33 },
  );
}

/** Keeps an uploaded file for 30 days. Refuses what Meta would not take. */
export async function uploadAnswer(meta: Meta, { id, query, body }: GraphCall): Promise<Answer> {
  const { file, type, messaging_product } = { ...query, ...fieldsOf(body) } as Record<string, unknown>;
  if (messaging_product !== 'whatsapp') return graphError(100, 'The parameter messaging_product is required.');
  if (!(file instanceof File)) return graphError(100, 'Param file must be a file');
  const mimeType = plain(file.type);
  if (!UPLOADED.includes(mimeType)) {
    return graphError(
      100,
      `Param file must be a file with one of the following types: ${UPLOADED.join(', ')}. Received file of type '${file.type}'.`,
    );
  }
  if (type !== undefined && plain(String(type)) !== mimeType)
    return graphError(100, 'Invalid parameter', { details: 'type' });
  const most = MOST_BYTES[mimeType.split('/', 1)[0] ?? ''] ?? 100 * MB;
  if (file.size > most) return graphError(131053, 'Media upload error', { details: 'Media file size too big' });
  return ok({ id: storeMedia(meta, id, mimeType, Buffer.from(await file.arrayBuffer()), 30).id });
}

/** Where the file can be read for five minutes. */
export function mediaAnswer(meta: Meta, baseUrl: string, { id, query }: GraphCall): Answer {
  const stored = mediaOf(meta, query.phone_number_id, id);
  if (!stored) return notThere(id);
  const { mimeType, sha256, bytes } = stored;
  const about = { mime_type: mimeType, sha256, file_size: bytes.length, id };
  return ok({ messaging_product: 'whatsapp', url: fileUrl(meta, baseUrl, id), ...about });
}

export function fileUrl(meta: Meta, baseUrl: string, id: string): string {
  return `${baseUrl}/files/${id}?until=${meta.clock.now() + 5 * 60_000}`;
}

export function templateAnswer(meta: Meta, { id, query }: GraphCall): Answer {
  const template = meta.templates.find((one) => one.id === id);
  return template ? ok(templateNode(template, query.fields)) : notThere(id);
}

/** Fields of templates that these templates have no value for: they are left out of the answer. */
const FURTHER_FIELDS = [
  ...['message_send_ttl_seconds', 'quality_score', 'previous_category', 'correct_category', 'sub_category'],
  ...['cta_url_link_tracking_opted_out', 'degrees_of_freedom_spec', 'library_template_name', 'last_updated_time'],
  ...['is_primary_device_delivery_only', 'creative_sourcing_spec', 'bid_spec'],
];

/** One page of an account's templates, with a summary if one is asked for. */
export function templatesAnswer(meta: Meta, baseUrl: string, { id, query }: GraphCall): Answer {
  const all = meta.templates.filter(({ wabaId }) => wabaId === id);
  const from = query.after === undefined ? 0 : Number(Buffer.from(query.after, 'base64').toString()) || 0;
  const to = from + Math.min(Number(query.limit ?? 25), 250);
  const data = all.slice(from, to).map((template) => templateNode(template, query.fields));
  const cursors = { before: 'MA==', after: Buffer.from(String(to)).toString('base64') };
  const summary = { total_count: all.length, message_template_count: all.length, message_template_limit: 6000 };
  return ok({
    data,
    paging: { cursors, ...(to < all.length && { next: `${baseUrl}/the-next-page` }) },
    ...(query.summary !== undefined && { summary: { ...summary, are_translations_complete: true } }),
  });
}

/** Without `fields` it says all but the format of its parameters. */
function templateNode(
  { wabaId: _account, ...template }: GraphTemplate,
  fields: string | undefined,
): Record<string, unknown> {
  const empty = Object.fromEntries(FURTHER_FIELDS.map((name) => [name, undefined]));
  return pick({ ...empty, rejected_reason: 'NONE', parameter_format: 'POSITIONAL', ...template }, fields);
}

function plain(mimeType: string): string {
  return (mimeType.split(';', 1)[0] ?? '').trim().toLowerCase();
}
