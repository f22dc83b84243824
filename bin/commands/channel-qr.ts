import { setTimeout as sleep } from 'node:timers/promises';
import { renderUnicodeCompact } from 'uqr';
import { type components, dataOf, type KonvertClient } from '../../clients/typescript/index.ts';
import { StepError, WrongWordsError } from '../terminal/errors.ts';
import { onLines } from '../terminal/table.ts';
import type { Noun } from '../terminal/verb.ts';
import { channelCalled, channelsOf } from './find.ts';

type PhoneLink = components['schemas']['PhoneLink'];

const LOOK_EVERY_MS = 2_000;
const LONGEST_WAIT_SECONDS = 180;

/** The command that links a phone: it draws the QR code in the terminal until somebody has scanned it. */
export function addChannelQr({ verb }: Noun): void {
  verb<{ seconds?: string }>(
    'qr <channel>',
    'Link the phone behind it: shows the QR code until it is scanned',
    'channels qr "Shop phone"',
    async ({ api, terminal, options }, given = '') => {
      const konvert = await api();
      const { channelId, name } = channelCalled(given, await channelsOf(konvert));
      const seconds = Number(options.seconds ?? LONGEST_WAIT_SECONDS);
      if (!(seconds > 0)) throw new WrongWordsError('--seconds has to be a number from 1');
      const first = await linkOf(konvert, channelId);
      const words = `The phone of ${onLines(name)} is linked.`;
      // A program draws by itself, and asks again.
      if (options.json) return { json: first, text: '' };
      let drawn: string | undefined;
      let { state, qr } = first;
      for (const deadline = Date.now() + seconds * 1000; state !== 'active'; ) {
        if (qr !== undefined && qr !== drawn) {
          terminal.note(`WhatsApp → Settings → Linked devices → Link a device:\n\n${renderUnicodeCompact(qr)}\n`);
          drawn = qr;
        }
        if (Date.now() >= deadline)
          throw new StepError(`Nobody has linked a phone to ${name} within ${seconds} seconds`);
        await sleep(LOOK_EVERY_MS);
        ({ state, qr } = await linkOf(konvert, channelId));
      }
      return { json: { state }, text: words };
    },
  ).option('--seconds <number>', `give up after so many; ${LONGEST_WAIT_SECONDS}`);
}

async function linkOf(konvert: KonvertClient, channelId: string): Promise<PhoneLink> {
  return dataOf(konvert.GET('/v1/channels/{channelId}/qr', { params: { path: { channelId } } }));
}
