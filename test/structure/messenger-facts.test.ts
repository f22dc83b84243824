import { describe, expect, test } from 'vitest';
import { MESSAGE_ERRORS } from '#api/event-bodies';
import { createMessengers } from '#channels/registry/messengers';
import { TRANSPORTS } from '#domain/chat-types';
import { kindOf } from '#media/file-type';
import { factsOf } from '../../web/core/messengers.ts';
import { refusalOf, tooMany } from '../../web/parts/composer/limits.ts';
import { en } from '../../web/words/en.ts';

// The page says before a press what the adapter would refuse after it. So both have to agree.

const MB = 1024 * 1024;
const { messengerFor } = createMessengers();
const messengers = await Promise.all(
  TRANSPORTS.map(async (transport) => ({ transport, messenger: (await messengerFor(transport))! })),
);

test.each(MESSAGE_ERRORS.filter((error) => !['GENERAL_ERROR', 'UNKNOWN_ERROR'].includes(error)))(
  'the page has words for %s',
  (error) => {
    expect(en).toHaveProperty([`failure.${error}`]);
  },
);

describe.each(messengers)('the page and the adapter of $transport', ({ transport, messenger: { outbound } }) => {
  const facts = factsOf(transport);

  test.each(['a', 'я', '🎄'])('take texts of the same length, of %s', (letter) => {
    const isTaken = (count: number) => {
      const text = letter.repeat(count);
      const isRefused = outbound.refuses({ type: 'text', text }) !== undefined;
      expect([count, tooMany(transport, text) > 0]).toEqual([count, isRefused]);
      return !isRefused;
    };
    const size = { bytes: new TextEncoder().encode(letter).length, characters: 1, units: letter.length }[
      facts.textIn ?? 'units'
    ];
    const most = Math.floor(facts.text / size);

    expect(isTaken(most)).toBe(true);
    expect(isTaken(most + 1)).toBe(false);
  });

  test('take the same files', () => {
    const types = [
      ...['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/heic', 'image/bmp', 'video/mp4', 'video/3gpp'],
      ...['video/quicktime', 'video/webm', 'audio/mpeg', 'audio/ogg; codecs=opus', 'audio/wav', 'audio/aac'],
      ...['application/pdf', 'application/zip', 'text/plain', 'application/octet-stream'],
    ];
    const sizes = [1, 1, 5, 8, 16, 24, 25, 26, 50]
      .flatMap((mb) => [mb * MB, mb * MB + 1])
      .filter((size) => size <= 50 * MB);
    const open = () => Promise.reject(new Error('Nobody reads it'));
    const wrong = types.flatMap((mimeType) =>
      [0, 1, ...sizes].flatMap((size) => {
        const file = { kind: kindOf(mimeType), mimeType, name: 'file', size, open };
        const byAdapter = outbound.refuses({ type: 'file', file }) ?? 'taken';
        const byPage = refusalOf(transport, { size, type: mimeType })?.why ?? 'taken';
        return (byAdapter === 'taken') === (byPage === 'taken') ? [] : [`${mimeType} ${size}: ${byAdapter}, ${byPage}`];
      }),
    );

    expect(wrong).toEqual([]);
  });

  test('know the same window and whether there are templates', () => {
    const { window } = outbound;

    expect(facts.window).toEqual(window && { hours: window.hours, after: window.then });
    expect(facts.hasTemplates ?? false).toBe(outbound.templates !== undefined);
  });
});
