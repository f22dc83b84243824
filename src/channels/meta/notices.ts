import { rawOf, withText } from '#channels/bounds';
import { defined, isObject, lines, listOf, rowOf, stringOf } from '#channels/fields';
import type { Received } from '#channels/inbound';
import { adText, referralOf } from './content.ts';
import { messageIdOf, timeOf } from './ids.ts';
import { EVENTS, type Event } from './kinds.ts';
import { accountOf, leftOut, type Place } from './place.ts';

/** What each word of Meta's says: whether the page is shut out. */
const POLICIES: Readonly<Record<string, boolean>> = { block: true, unblock: false };

/** Instagram names the message that the client has read, Messenger the time up to which they have read all. */
export function readRead(place: Place): Received[] {
  const { fields, ids, time } = place;
  const [providerId, upTo] = [messageIdOf(fields.mid), timeOf(fields.watermark)];
  const of = providerId === undefined ? (upTo === undefined ? undefined : { upTo }) : { providerId };
  if (!ids || !of || place.isOwn) return leftOut('read-of-nothing');
  return [{ kind: 'receipt', ...accountOf(place), of, ids, time: time ?? upTo ?? 0, status: 'read' }];
}

/** All up to the watermark has arrived. The ids of the messages may be missing, and so may the time of the item. */
export function readDelivery(place: Place): Received[] {
  const { fields, ids, time } = place;
  const upTo = timeOf(fields.watermark);
  const mids = listOf(fields.mids).flatMap((mid) => messageIdOf(mid) ?? []);
  if (!ids || place.isOwn) return leftOut('delivery-of-nothing');
  const about = { kind: 'receipt', ...accountOf(place), ids, time: time ?? upTo ?? 0, status: 'delivered' } as const;
  if (upTo !== undefined) return [{ ...about, of: { upTo } }];
  return mids.length > 0
    ? mids.map((providerId) => ({ ...about, of: { providerId } }))
    : leftOut('delivery-of-nothing');
}

/** A line of the history. Of what is not known, it keeps all that was told. */
export function readNotice(place: Place, { opens }: Event): Received[] {
  const { name, fields, ids, time, standby, isOwn } = place;
  const kind = /^\w{1,64}$/.test(name) ? name : 'unnamed';
  if (isOwn) return leftOut(`own-${kind}`);
  if (!ids || time === undefined) return leftOut(`${kind}-of-nobody`);
  const isKnown = rowOf(EVENTS, name) !== undefined;
  const content = {
    type: isKnown ? ('system' as const) : ('unknown' as const),
    kind,
    ...defined({ referral: referralOf(fields), raw: rawOf({ [kind]: withoutTokens(place.item[name]) }) }),
  };
  return [
    {
      kind: 'client',
      ...accountOf(place),
      ids,
      providerId: messageIdOf(fields.mid) ?? `${kind}.${time}`,
      time,
      opens: opens && !standby,
      author: { id: ids[0].chatId },
      content: withText(content, lines(stringOf(fields.metadata), stringOf(fields.title), adText(fields))),
      ...defined({ standby }),
    },
  ];
}

/** An opt-in has a token with which anybody may write to the client. */
function withoutTokens(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([field]) => !/token/i.test(field)));
}

/** Meta has blocked the page, or no longer blocks it. */
export function readPolicy(place: Place): Received[] {
  const { fields, time } = place;
  const isBlocked = rowOf(POLICIES, fields.action);
  if (isBlocked === undefined || time === undefined) return leftOut('policy_enforcement');
  return [{ kind: 'channel', ...accountOf(place), isBlocked, time }];
}
