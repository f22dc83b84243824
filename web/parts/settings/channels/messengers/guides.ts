import type { Guide } from './guide.ts';
import { telegram } from './telegram.ts';
import { whatsapp } from './whatsapp.ts';

/** The messengers that can be connected here. A new one is one more line. */
export const GUIDES: readonly Guide[] = [telegram, whatsapp];

/** The guide of a transport, if the page knows it. */
export function guideOf(transport: string): Guide | undefined {
  return GUIDES.find((guide) => guide.transport === transport);
}
