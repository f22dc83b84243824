import { signal } from '@preact/signals';
import { factsOf } from '../../../../core/messengers.ts';
import { GUIDE_WORDS } from '../../../../words/guides/guide-words.ts';
import { type Key, speakMore } from '../../../../words/words.ts';
import type { Guide } from './guide.ts';

/** What is said of a messenger before it is chosen, and how its guide is loaded. */
export interface Offer {
  readonly transport: keyof typeof GUIDE_WORDS;
  readonly title: Key;
  /** What is needed, in one sentence. */
  readonly needs: Key;
  /** How the `plainId` of a channel is shown. Absent if it is shown as it is. */
  shown?(plainId: string): string;
  /** Its channels have a phone behind them, which is linked by a QR code. */
  readonly hasPhone?: true;
  /** Its module, which exports `guide`. */
  load(): Promise<{ readonly guide: Guide }>;
}

/** The messengers that can be connected here, in the order in which they are offered. */
export const OFFERS: readonly Offer[] = [
  {
    transport: 'telegram',
    title: 'messengers.telegram',
    needs: 'messengers.telegram-needs',
    shown: (username) => `@${username}`,
    load: () => import('./telegram.ts'),
  },
  {
    transport: 'wapi',
    title: 'messengers.wapi',
    needs: 'messengers.wapi-needs',
    shown: (phone) => `+${phone}`,
    load: () => import('./wapi.ts'),
  },
  {
    transport: 'whatsapp',
    title: 'messengers.whatsapp',
    needs: 'messengers.whatsapp-needs',
    hasPhone: true,
    shown: (phone) => (/^\d+$/.test(phone) ? `+${phone}` : phone),
    load: () => import('./whatsapp.ts'),
  },
  {
    transport: 'instagram',
    title: 'messengers.instagram',
    needs: 'messengers.instagram-needs',
    load: () => import('./instagram.ts'),
  },
  {
    transport: 'facebook',
    title: 'messengers.facebook',
    needs: 'messengers.facebook-needs',
    load: () => import('./facebook.ts'),
  },
  {
    transport: 'maxbot',
    title: 'messengers.maxbot',
    needs: 'messengers.maxbot-needs',
    load: () => import('./maxbot.ts'),
  },
  {
    transport: 'vk',
    title: 'messengers.vk',
    needs: 'messengers.vk-needs',
    load: () => import('./vk.ts'),
  },
  {
    transport: 'avito',
    title: 'messengers.avito',
    needs: 'messengers.avito-needs',
    load: () => import('./avito.ts'),
  },
  {
    transport: 'viber',
    title: 'messengers.viber',
    needs: 'messengers.viber-needs',
    load: () => import('./viber.ts'),
  },
];

const loaded = signal<Readonly<Record<string, Guide>>>({});

/** The messenger of a transport, if the page knows it. */
export function offerOf(transport: string): Offer | undefined {
  return OFFERS.find((offer) => offer.transport === transport);
}

/** By what the mark and the name of a channel's messenger are found. */
export function markOf(transport: string): string {
  return factsOf(transport).mark;
}

/** How the account of a channel is shown: as a name or a number. */
export function shownOf({ transport, plainId }: { readonly transport: string; readonly plainId: string }): string {
  return offerOf(transport)?.shown?.(plainId) ?? plainId;
}

/** The guide of a transport once it is loaded. A part that calls this is shown again then. */
export function guideOf(transport: string): Guide | undefined {
  return loaded.value[transport];
}

/** Loads a guide with its words. Undefined for a transport that the page does not know; throws if it cannot be loaded. */
export async function loadGuide(transport: string): Promise<Guide | undefined> {
  const offer = offerOf(transport);
  if (!offer) return undefined;
  const known = loaded.peek()[transport];
  if (known) return known;
  const [{ guide }] = await Promise.all([
    offer.load(),
    speakMore(transport, async (language) => (await GUIDE_WORDS[offer.transport][language]()).words),
  ]);
  loaded.value = { ...loaded.peek(), [transport]: guide };
  return guide;
}
