import { hash } from 'node:crypto';

/**
 * The number by which VK knows a repeated message to one person, for an hour: a 32-bit number with a sign. It is the same
 * in every try of one attempt and another in the next, because it is made of the key. Never 0, with which VK takes every
 * repetition for a new message. https://dev.vk.com/ru/method/messages.send
 */
export function randomIdOf(key: string): number {
  return hash('sha256', key, 'buffer').readInt32BE(0) || 1;
}
