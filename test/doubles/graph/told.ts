import type { GraphNumber, Person, Taken } from './world.ts';

type Fields = Readonly<Record<string, unknown>>;

const TITLES: Readonly<Record<number, string>> = {
  131026: 'Message undeliverable',
  131047: 'Re-engagement message',
  131049: 'This message was not delivered to maintain healthy ecosystem engagement.',
};

/** The value of a change that is about a number. */
export function changeValue({ id, phone }: GraphNumber, more: Fields): Fields {
  return { messaging_product: 'whatsapp', metadata: { display_phone_number: phone, phone_number_id: id }, ...more };
}

/** What became of a message: of one by user id it says no phone, and of one that failed no contact. */
export function statusValue(
  at: GraphNumber,
  taken: Taken,
  status: string,
  now: number,
  code: number | undefined,
): Fields {
  const { wamid, person, dialled, opaque } = taken;
  const isByUserId = dialled.includes('.');
  const hasFailed = status === 'failed';
  const title = code === undefined ? undefined : (TITLES[code] ?? 'Error');
  const sent = {
    id: wamid,
    status,
    timestamp: secondsOf(now),
    ...(!isByUserId && { recipient_id: person?.phone ?? dialled }),
    ...(person?.userId !== undefined && (isByUserId || !hasFailed) && { recipient_user_id: person.userId }),
    ...(opaque !== undefined && { biz_opaque_callback_data: opaque }),
    ...(status === 'sent' && {
      pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' },
    }),
    ...(code !== undefined && {
      errors: [{ code, title, message: title, error_data: { details: `The double says ${code}` } }],
    }),
  };
  return changeValue(at, { ...(person && !hasFailed && { contacts: [contactOf(person)] }), statuses: [sent] });
}

/** What a webhook tells of a person. */
export function contactOf({ phone, hidesPhone, userId, name, username }: Person): Fields {
  return {
    profile: { name, ...(username !== undefined && { username }) },
    ...(phone !== undefined && !hidesPhone && { wa_id: phone }),
    ...(userId !== undefined && { user_id: userId }),
  };
}

export function secondsOf(ms: number): string {
  return String(Math.floor(ms / 1000));
}
