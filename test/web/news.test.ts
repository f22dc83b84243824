import { expect, test } from 'vitest';
import { isNews } from '../../web/core/news.ts';
import type { Chat } from '../../web/models.ts';

const OPENED = Date.parse('2026-11-29T12:00:00.700Z');

const row = (lastMessageAt: string, unansweredCount: number) =>
  ({ lastMessageAt, unansweredCount, unanswered: unansweredCount > 0 }) as Chat;

test.each([
  ['a first message', row('2026-11-29T12:05:00.000Z', 1), undefined, true],
  ['a chat that was there when the page was opened', row('2026-11-29T12:00:00.000Z', 1), undefined, false],
  ['an old chat that is only now loaded', row('2026-11-29T11:59:00.000Z', 1), undefined, false],
  ['another message', row('2026-11-29T12:05:00.000Z', 2), row('2026-11-29T12:04:00.000Z', 1), true],
  ['another message in the same second', row('2026-11-29T12:05:00.000Z', 2), row('2026-11-29T12:05:00.000Z', 1), true],
  ['a message after an answer', row('2026-11-29T12:05:00.000Z', 1), row('2026-11-29T12:04:00.000Z', 0), true],
  ['an answer', row('2026-11-29T12:06:00.000Z', 0), row('2026-11-29T12:05:00.000Z', 1), false],
  ['“no reply needed” taken back', row('2026-11-29T12:05:00.000Z', 2), row('2026-11-29T12:05:00.000Z', 0), false],
  ['the same again', row('2026-11-29T12:05:00.000Z', 2), row('2026-11-29T12:05:00.000Z', 2), false],
])('%s', (_, now, before, news) => {
  expect(isNews(now, before, OPENED)).toBe(news);
});
