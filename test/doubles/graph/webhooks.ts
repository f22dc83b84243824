import { createHmac } from 'node:crypto';

type Fields = Readonly<Record<string, unknown>>;

/** One thing to tell: the value of a change with one message, status or notice in it. */
export interface Update {
  readonly wabaId: string;
  readonly numberId?: string;
  readonly field: string;
  readonly value: Fields;
}

/**
 * A body of several updates. Those of one account share an entry, those of one number and field in a row share a change
 * and its lists, as Meta batches them.
 */
export function bodyOf(updates: readonly Update[]): unknown {
  const entries: {
    id: string;
    changes: { field: string; value: Record<string, unknown>; numberId?: string | undefined }[];
  }[] = [];
  for (const { wabaId, numberId, field, value } of updates) {
    if (entries.at(-1)?.id !== wabaId) entries.push({ id: wabaId, changes: [] });
    const { changes } = entries.at(-1)!;
    const change = changes.at(-1);
    const joins = change?.field === field && change.numberId === numberId && numberId !== undefined;
    if (change && joins) join(change.value, value);
    else changes.push({ field, numberId, value: structuredClone(value) });
  }
  const entry = entries.map(({ id, changes }) => ({
    id,
    changes: changes.map(({ field, value }) => ({ field, value })),
  }));
  return { object: 'whatsapp_business_account', entry };
}

/** Lists are put together, and nothing else differs between values of one number. */
function join(value: Record<string, unknown>, other: Fields) {
  for (const [key, more] of Object.entries(other)) {
    if (Array.isArray(more)) value[key] = [...((value[key] as unknown[]) ?? []), ...more];
    else value[key] ??= more;
  }
}

/** JSON as Meta writes it: every character beyond ASCII and every slash is escaped, and the signature is over that. */
export function escapedJson(body: unknown): Buffer<ArrayBuffer> {
  const text = JSON.stringify(body).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Buffer.from(text.replaceAll('/', '\\/'));
}

/** The header of a request with these bytes. */
export function signatureOf(appSecret: string, bytes: Uint8Array): string {
  return `sha256=${createHmac('sha256', appSecret).update(bytes).digest('hex')}`;
}
