import { avito } from './avito/avito.ts';
import { facebook } from './facebook/facebook.ts';
import { instagram } from './instagram/instagram.ts';
import type { DemoKind } from './kit/demo-kind.ts';
import { maxbot } from './maxbot/maxbot.ts';
import { viber } from './viber/viber.ts';
import { vk } from './vk/vk.ts';
import { whatsappQr } from './whatsapp-qr/whatsapp-qr.ts';

/** The messengers of the demo company beside Telegram and WhatsApp, in the order in which they are shown. */
export const DEMO_KINDS: readonly DemoKind[] = [instagram, facebook, maxbot, vk, whatsappQr, avito, viber];
