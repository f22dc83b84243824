import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Answer } from '../../web/data/api.ts';
import { createArrivals } from '../../web/data/settings/arrivals.ts';
import type { NewestMessage } from '../../web/settings-models/channels.ts';
import { speak } from '../../web/words/words.ts';

beforeEach(async () => {
  await speak('en');
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

const message = (id: string): NewestMessage => ({
  messageId: id,
  chatType: 'telegram',
  chatId: '601',
  name: 'Anna',
  sentAt: '2026-11-30T10:00:00.000Z',
  storedAt: '2026-11-30T10:00:00.400Z',
});

/** A channel with a newest message to tell. It counts how often it was asked for that. */
function play(isNew: boolean) {
  const world = {
    newest: null as NewestMessage | null,
    asked: 0,
    isVisible: true,
    answer: undefined as Answer<null> | undefined,
  };
  const ask = async (): Promise<Answer<NewestMessage | null>> => {
    world.asked += 1;
    return world.answer ?? { kind: 'ok', body: world.newest };
  };
  const arrivals = createArrivals(ask, isNew, { isVisible: () => world.isVisible });
  return { world, arrivals };
}

test('what was there before does not count, and what comes then does', async () => {
  const { world, arrivals } = play(false);
  world.newest = message('first');
  arrivals.start();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(arrivals.state.value).toEqual({ kind: 'waiting', before: message('first') });

  world.newest = message('second');
  await vi.advanceTimersByTimeAsync(1_000);

  expect(arrivals.state.value).toEqual({ kind: 'arrived', message: message('second') });
  const { asked } = world;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(world.asked).toBe(asked);
});

test('in a channel that was connected just now even the first message counts', async () => {
  const { world, arrivals } = play(true);
  world.newest = message('first');
  arrivals.start();
  await vi.advanceTimersByTimeAsync(0);

  expect(arrivals.state.value).toEqual({ kind: 'arrived', message: message('first') });
});

test('nobody is asked while the page is hidden, nor after five minutes, until it is begun again', async () => {
  const { world, arrivals } = play(false);
  arrivals.start();
  await vi.advanceTimersByTimeAsync(0);
  world.isVisible = false;
  const { asked } = world;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(world.asked).toBe(asked);
  world.isVisible = true;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(world.asked).toBe(asked + 1);

  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(arrivals.state.value).toEqual({ kind: 'ended' });
  expect(vi.getTimerCount()).toBe(0);
  arrivals.start();
  expect(arrivals.state.value).toEqual({ kind: 'waiting' });
});

test('an answer that is lost is told and asked for again; a refusal ends it', async () => {
  const { world, arrivals } = play(false);
  world.answer = { kind: 'lost' };
  arrivals.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(arrivals.state.value).toMatchObject({ kind: 'waiting', trouble: expect.stringContaining('does not answer') });

  world.answer = { kind: 'refused', status: 404, code: 'CHANNEL_NOT_FOUND', description: 'gone', data: undefined };
  await vi.advanceTimersByTimeAsync(1_000);
  expect(arrivals.state.value).toEqual({ kind: 'failed', words: 'gone' });
  expect(vi.getTimerCount()).toBe(0);
});

test('what is ended says nothing more, though its answer is still to come', async () => {
  const { world, arrivals } = play(true);
  world.newest = message('first');
  const end = arrivals.start();
  end();
  await vi.advanceTimersByTimeAsync(5_000);

  expect(arrivals.state.value).toEqual({ kind: 'waiting' });
  expect(world.asked).toBe(1);
});
