import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Version, watchVersion } from '../../web/data/version.ts';

const OWN = '<link rel="stylesheet" href="../page/style-AAAA.css"> <script src="../page/main-AAAA.js"></script>';
const MINUTE = 60_000;

let around: { document: string | undefined; isVisible: boolean; wouldLose: boolean; asked: number; reloads: number };
let version: Version;

beforeEach(() => {
  vi.useFakeTimers();
  around = { document: OWN, isVisible: true, wouldLose: false, asked: 0, reloads: 0 };
  version = watchVersion({
    document: async () => {
      around.asked += 1;
      return around.document;
    },
    own: OWN,
    now: () => Date.now(),
    isVisible: () => around.isVisible,
    wouldLose: () => around.wouldLose,
    reload: () => {
      around.reloads += 1;
    },
  });
});
afterEach(() => {
  version.end();
  vi.useRealTimers();
});

describe('a page that is', () => {
  test.each([
    ['the same', OWN, false],
    ['another script', OWN.replace('main-AAAA', 'main-BBBB'), true],
    ['another style', OWN.replace('style-AAAA', 'style-BBBB'), true],
    ['not to be had', undefined, false],
    ['no page of ours, as of a proxy that asks for a password', '<html>Sign in</html>', false],
  ])('%s', async (_, document, isOld) => {
    vi.advanceTimersByTime(MINUTE);
    around.document = document;

    await version.look();

    expect(version.isOld.value).toBe(isOld);
    expect(around.reloads).toBe(0);
  });
});

describe('an old page', () => {
  beforeEach(async () => {
    vi.advanceTimersByTime(MINUTE);
    around.document = '../page/main-BBBB.js';
  });

  test('is reloaded when the user comes back', async () => {
    await version.look(true);

    expect(around.reloads).toBe(1);
  });

  test('waits where something would be lost, and says so until that is done', async () => {
    around.wouldLose = true;
    await version.look(true);
    expect([version.isOld.value, around.reloads]).toEqual([true, 0]);

    around.wouldLose = false;
    await version.look();
    expect(around.reloads).toBe(0);
    await version.look(true);
    expect(around.reloads).toBe(1);
  });

  test('is found within half an hour in a page that nobody leaves', async () => {
    await vi.advanceTimersByTimeAsync(30 * MINUTE);

    expect([version.isOld.value, around.reloads]).toEqual([true, 0]);
  });

  test('asks nothing while it is hidden', async () => {
    around.isVisible = false;
    await vi.advanceTimersByTimeAsync(120 * MINUTE);

    expect(around.asked).toBe(0);
  });
});

test('the server is asked once a minute, however often the connection comes back', async () => {
  vi.advanceTimersByTime(MINUTE);
  for (let times = 0; times < 10; times += 1) await version.look();

  expect(around.asked).toBe(1);
});
