import type { Parameters } from './client.ts';
import { EVENTS } from './kinds.ts';

/**
 * The events that VK shall tell: https://dev.vk.com/ru/method/groups.setCallbackSettings. It keeps the setting of those that
 * are not named, so that all about messages are.
 */
export const SETTINGS: Parameters = Object.fromEntries(
  Object.entries(EVENTS)
    .filter(([event]) => event.startsWith('message_'))
    .map(([event, kind]) => [event, kind === 'ignored' ? 0 : 1]),
);
