import type { Inspected } from '#channels/channel';
import { fieldsOf, listOf, stringOf } from '#channels/fields';
import type { CallGraph } from '#channels/meta/client';
import { areCredentialsRefused } from '#channels/meta/codes';
import { notInspected } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { hostOf } from '#channels/webhook-address';

/**
 * Whether the messages of the number come to `url`: the number's own address leads there, and the app is subscribed to its
 * business account. https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override
 */
export async function inspectNumber(
  call: CallGraph,
  credentials: Credentials,
  url: string,
  signal: AbortSignal,
): Promise<Inspected> {
  const { phoneNumberId = '', wabaId } = credentials;
  const query = { fields: 'webhook_configuration' };
  const number = await call(credentials, { method: 'GET', path: phoneNumberId, query }, signal);
  if (number.kind !== 'ok') return notInspected(number, areCredentialsRefused);
  const told = judgeAddress(number.result, url);
  if (told.kind !== 'listening' || wabaId === undefined) return told;
  const apps = await call(credentials, { method: 'GET', path: `${wabaId}/subscribed_apps` }, signal);
  if (apps.kind !== 'ok') return notInspected(apps, areCredentialsRefused);
  const { data } = fieldsOf<{ data: unknown }>(apps.result);
  if (!Array.isArray(data)) return { kind: 'unknown', why: 'an unreadable answer about the subscribed apps' };
  return listOf(data).length > 0
    ? told
    : { kind: 'deaf', why: 'The app is not subscribed to the business account of the number' };
}

function judgeAddress(result: unknown, url: string): Inspected {
  const { webhook_configuration: told } = fieldsOf<{ webhook_configuration: unknown }>(result);
  const { phone_number, whatsapp_business_account, application } = fieldsOf<Addresses>(told);
  const counts = [phone_number, whatsapp_business_account, application].map(stringOf).find((address) => address !== '');
  if (counts === url) return { kind: 'listening' };
  const own = stringOf(phone_number);
  // Only an address of the number itself was given by somebody who meant this number.
  if (own === '') return { kind: 'deaf', why: 'The number has no address for its webhooks' };
  return { kind: 'elsewhere', why: `The webhooks of the number go to ${hostOf(own)}` };
}

interface Addresses {
  readonly phone_number: unknown;
  readonly whatsapp_business_account: unknown;
  readonly application: unknown;
}
