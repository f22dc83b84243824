import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Pace, restedAfter, restedAfterCrash, roomAt, roomOf, slotRestMs, TOGETHER } from '#domain/pace';

const TELEGRAM: Pace = { perSecond: 30, chatMs: 1_000, chatBurst: 3 };
const NOW = 1_800_000_000_000;

describe('the room of a chat', () => {
  test.each([
    { name: 'nothing was sent', restedAt: 0, room: 3 },
    { name: 'it has just rested', restedAt: NOW, room: 3 },
    { name: 'one was sent', restedAt: NOW + 1_000, room: 2 },
    { name: 'one was sent half a second ago', restedAt: NOW + 500, room: 2 },
    { name: 'three were sent', restedAt: NOW + 3_000, room: 0 },
    { name: 'three were sent a second ago', restedAt: NOW + 2_000, room: 1 },
    { name: 'its holder died', restedAt: restedAfterCrash(TELEGRAM, NOW), room: 1 },
  ])('is $room if $name', ({ restedAt, room }) => {
    expect(roomOf(restedAt, TELEGRAM, NOW)).toBe(room);
  });

  test.each([
    { messages: 1, ms: 1_000 },
    { messages: 2, ms: 2_000 },
    { messages: 3, ms: 3_000 },
    { messages: 500, ms: 3_000 },
  ])('for $messages is there $ms ms after three', ({ messages, ms }) => {
    expect(roomAt(NOW + 3_000, TELEGRAM, messages)).toBe(NOW + ms);
  });

  test('is never waited for longer than for three messages, also where more may leave at once', () => {
    const pairLimit: Pace = { perSecond: 80, chatMs: 6_000, chatBurst: 45 };

    expect(roomAt(NOW + 45 * 6_000, pairLimit, 500)).toBe(NOW + TOGETHER * 6_000);
  });

  test('lets leave what a bucket of that size and pace lets leave, whatever the times', () => {
    fc.assert(
      fc.property(
        fc.record({
          perSecond: fc.constant(30),
          chatMs: fc.integer({ min: 1, max: 10_000 }),
          chatBurst: fc.integer({ min: 1, max: 50 }),
        }),
        fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 60 }),
        (pace, gaps) => {
          let now = NOW;
          let restedAt = 0;
          const sent: number[] = [];
          for (const gap of gaps) {
            now += gap;
            if (roomOf(restedAt, pace, now) < 1) continue;
            restedAt = restedAfter(restedAt, pace, now);
            sent.push(now);
          }
          // In any window no more than the burst and what the window lets rest.
          for (const [index, from] of sent.entries()) {
            for (const [count, at] of sent.slice(index).entries()) {
              expect(count + 1).toBeLessThanOrEqual(pace.chatBurst + (at - from) / pace.chatMs + 1e-9);
            }
          }
        },
      ),
    );
  });
});

test('all slots of a channel together keep its pace', () => {
  expect(slotRestMs(TELEGRAM, 8) * 30).toBeCloseTo(8_000);
});
