import { fieldsOf } from '#channels/fields';
import type { Received } from '#channels/inbound';
import type { ChannelLink } from '#domain/channel';
import { wholeOf } from './numbers.ts';
import { ignored } from './people.ts';

/**
 * Why a link ended, by the code that WhatsApp gave.
 * https://github.com/WhiskeySockets/Baileys/blob/v7.0.0-rc.9/src/Types/index.ts (`DisconnectReason`)
 */
const ENDS: Readonly<Record<number, ChannelLink>> = {
  // The phone has ended it, or the session is of no use any more: there is a new code to scan.
  401: 'qridle',
  403: 'qridle',
  411: 'qridle',
  500: 'qridle',
  // Another program has taken it over.
  440: 'openelsewhere',
};

interface Connection {
  readonly state: unknown;
  readonly statusReason: unknown;
}

/**
 * The link by what the bridge calls it. `reason` is why it ended. A bridge that is connecting says so for a moment every
 * few hours, and some say it for ever (evo#1512).
 */
export function linkOf(state: unknown, reason: unknown): ChannelLink | undefined {
  switch (state) {
    case 'open':
      return 'active';
    case 'connecting':
      return 'init';
    // It has shown its last code, and nobody has scanned it.
    case 'refused':
      return 'qridle';
    case 'close':
      return ENDS[wholeOf(reason) ?? 0] ?? 'phoneUnavailable';
    default:
      return undefined;
  }
}

/** The phone's own state. A link that is being made again is no news: only `inspect` tells of one that never is. */
export function receiveConnection(value: unknown, time: number | undefined): Received {
  const { state, statusReason } = fieldsOf<Connection>(value);
  const link = linkOf(state, statusReason);
  if (link === undefined || link === 'init') return ignored('connecting');
  return report(link, time);
}

/** A new QR code, or word that there will be no more. The code itself is a key, and is neither kept nor logged. */
export function receiveQr(_value: unknown, time: number | undefined): Received {
  return report('qridle', time);
}

/** The link was ended by a person. */
export function receiveLogout(time: number | undefined): Received {
  return report('qridle', time);
}

function report(link: ChannelLink, time: number | undefined): Received {
  return time === undefined ? ignored('no-time') : { kind: 'channel', link, time };
}
