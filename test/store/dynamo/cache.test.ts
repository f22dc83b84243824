import { expect, test } from 'vitest';
import { createCache } from '#store/dynamo/cache';

function clockAt(start: number) {
  const clock = { now: () => start + clock.passed, deadline: () => AbortSignal.abort(), passed: 0 };
  return clock;
}

test('a value is kept for 10 s and not longer', async () => {
  const clock = clockAt(1_000);
  let reads = 0;
  const settings = createCache(clock).loader('settings', async () => {
    reads += 1;
    return reads;
  });

  expect(await settings('a')).toBe(1);
  clock.passed = 9_999;
  expect(await settings('a')).toBe(1);
  clock.passed = 10_000;
  expect(await settings('a')).toBe(2);
});

test('the age of a value counts from before it was read', async () => {
  const clock = clockAt(1_000);
  let reads = 0;
  const settings = createCache(clock).loader('settings', async () => {
    clock.passed += 6_000;
    reads += 1;
    return reads;
  });

  expect(await settings('a')).toBe(1);
  clock.passed += 4_000;
  expect(await settings('a')).toBe(2);
});

test('loaders of the same name share their values, and those of another name do not', async () => {
  const cache = createCache(clockAt(1_000));
  let reads = 0;
  const load = async () => ++reads;
  const [one, other, apart] = [cache.loader('a', load), cache.loader('a', load), cache.loader('b', load)];

  expect([await one('x'), await other('x'), await apart('x')]).toEqual([1, 1, 2]);
  cache.forget('a', 'x');
  expect([await one('x'), await other('x'), await apart('x')]).toEqual([3, 3, 2]);
});

test('of more values than anybody needs at once the oldest are forgotten', async () => {
  let reads = 0;
  const accounts = createCache(clockAt(1_000)).loader('a', async () => ++reads);
  for (let id = 0; id <= 20_000; id += 1) await accounts(String(id));

  await accounts('20000');
  expect(reads).toBe(20_001);
  await accounts('0');
  expect(reads).toBe(20_002);
});

test('what never changes is remembered for ever once it is there, and a failure is not remembered', async () => {
  const answers: (() => string | undefined)[] = [
    () => undefined,
    () => {
      throw new Error('The table did not answer');
    },
    () => 'first',
    () => 'second',
  ];
  const cache = createCache(clockAt(1_000));
  const keep = () => cache.keep('secret', async () => answers.shift()?.());

  expect(await keep()()).toBeUndefined();
  await expect(keep()()).rejects.toThrow();
  expect(await keep()()).toBe('first');
  expect(await keep()()).toBe('first');
});

test('a lookup remembers for 10 s too that there is nothing, and what is made meanwhile is found by then', async () => {
  const clock = clockAt(1_000);
  let reads = 0;
  let made: string | undefined;
  const keys = createCache(clock).lookup('key', async () => {
    reads += 1;
    return made;
  });

  expect([await keys('a'), await keys('a')]).toEqual([undefined, undefined]);
  made = 'found';
  clock.passed = 9_999;
  expect(await keys('a')).toBeUndefined();
  expect(reads).toBe(1);
  clock.passed = 10_000;
  expect(await keys('a')).toBe('found');
  expect(reads).toBe(2);
});

test('what is made in the same process is found at once', async () => {
  const cache = createCache(clockAt(1_000));
  let made: string | undefined;
  const keys = cache.lookup('key', async () => made);
  const long = 'x'.repeat(2_000);
  expect([await keys('a'), await keys(long)]).toEqual([undefined, undefined]);

  made = 'found';
  for (const id of ['a', long]) cache.forget('key', id);

  expect([await keys('a'), await keys(long)]).toEqual(['found', 'found']);
});

test('however many unknown ids strangers name, what is known stays, and the oldest unknown ones are forgotten', async () => {
  let reads = 0;
  const cache = createCache(clockAt(1_000));
  const keys = cache.lookup('key', async (id) => {
    reads += 1;
    return id === 'known' ? id : undefined;
  });
  await keys('known');
  for (let id = 0; id <= 20_000; id += 1) await keys(String(id));

  reads = 0;
  await keys('known');
  await keys('20000');
  expect(reads).toBe(0);
  await keys('0');
  expect(reads).toBe(1);
});
