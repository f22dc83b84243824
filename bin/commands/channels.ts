import type { Column } from '../terminal/table.ts';
import { tableOf } from '../terminal/table.ts';
import type { Noun } from '../terminal/verb.ts';
import { type Channel, channelsOf } from './find.ts';

const COLUMNS: readonly Column[] = [
  { head: 'NAME', shrinks: true },
  { head: 'MESSENGER' },
  { head: 'ACCOUNT', shrinks: true },
  { head: 'STATE', shrinks: true },
  { head: 'ID' },
];

const MESSENGERS: Readonly<Record<string, string>> = { telegram: 'Telegram', wapi: 'WhatsApp' };

/** What a state means, and what to do about it. */
const STATES: Readonly<Record<Channel['state'], string>> = {
  active: 'works',
  disabled: 'switched off: channels enable',
  unauthorized: 'its token is refused: channels change --new-secrets',
  blocked: 'the messenger has blocked the account: look there',
  openelsewhere: 'another program gets its messages: channels take-over',
  phoneUnavailable: 'nobody lets it reply: connect the bot to the account of a business again',
};

/** The commands of channels. */
export function addChannels({ verb }: Noun): void {
  verb('list', 'The connected messengers, and whether they work', 'channels list', async ({ api, terminal }) => {
    const channels = await channelsOf(await api());
    if (channels.length === 0) return { json: [], text: 'No messenger is connected. Next: channels connect telegram' };
    return { json: channels, text: tableOf(COLUMNS, channels.map(cellsOf), terminal.width) };
  });
}

function cellsOf({ name, transport, plainId, state, channelId }: Channel): string[] {
  return [name, MESSENGERS[transport] ?? transport, plainId, STATES[state], channelId];
}
