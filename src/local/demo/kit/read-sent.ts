import type { PlainRequest } from '#local/server/gateway';

/** The fields of a body of JSON or of a form; undefined if it is neither. An empty body has no fields. */
export async function readSent({ headers, body }: Pick<PlainRequest, 'headers' | 'body'>): Promise<unknown> {
  if (body.length === 0) return {};
  const type = headers['content-type'] ?? '';
  try {
    const text = () => Buffer.from(body).toString('utf8');
    if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text()));
    if (!type.startsWith('multipart/form-data')) return JSON.parse(text());
    const form = await new Response(Buffer.from(body), { headers: { 'content-type': type } }).formData();
    return Object.fromEntries(form);
  } catch {
    return undefined;
  }
}
