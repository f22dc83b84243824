import { readFileSync } from 'node:fs';

/** A recorded update from `test/fixtures/telegram`. */
export function update(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`../../fixtures/telegram/${name}.json`, import.meta.url), 'utf8'));
}

/** A recorded update with fields of its message replaced. */
export function updateWith(name: string, fields: Record<string, unknown>): Record<string, unknown> {
  const body = update(name);
  const kind = Object.keys(body).find((key) => key !== 'update_id') ?? '';
  return { ...body, [kind]: { ...(body[kind] as object), ...fields } };
}

const CLIENT = {
  id: 51000444,
  first_name: 'Timur',
  last_name: 'Petrov',
  username: 'timur_x',
};

/** An update with a client's message that has those fields, made after the published Bot API. */
export function said(fields: Record<string, unknown>): Record<string, unknown> {
  const from = { ...CLIENT, is_bot: false, language_code: 'ru' };
  const message = { message_id: 760, from, chat: { ...CLIENT, type: 'private' }, date: 1791806430, ...fields };
  return { update_id: 810004460, message };
}
