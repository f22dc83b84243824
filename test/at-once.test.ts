import { expect, test } from 'vitest';
import { eachAtOnce } from '#at-once';

const numbers = Array.from({ length: 100 }, (_, index) => index);
const soon = () => new Promise(setImmediate);

test('all are done, in order, and never more than so many at a time', async () => {
  const begun: number[] = [];
  const seen = { underWay: 0, most: 0 };

  await eachAtOnce(numbers, 4, async (one) => {
    begun.push(one);
    seen.underWay += 1;
    seen.most = Math.max(seen.most, seen.underWay);
    await soon();
    seen.underWay -= 1;
  });

  expect(begun).toEqual(numbers);
  expect(seen).toEqual({ underWay: 0, most: 4 });
});

test('after a failure none begins, and the first failure comes when nothing is under way', async () => {
  const seen = { begun: 0, underWay: 0 };

  const done = eachAtOnce(numbers, 4, async (one) => {
    seen.begun += 1;
    seen.underWay += 1;
    for (let wait = 0; wait < (one % 4) + 1; wait += 1) await soon();
    seen.underWay -= 1;
    if (one === 8 || one === 9) throw new Error(`no ${one}`);
  });

  await expect(done).rejects.toThrow('no 8');
  expect(seen.underWay).toBe(0);
  expect(seen.begun).toBeLessThan(20);
});

test('nothing to do is done', async () => {
  await eachAtOnce([], 4, () => Promise.reject(new Error('never')));
});
