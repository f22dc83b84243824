import { describe, expect, test } from 'vitest';
import { type Found, type Notice, noticeOf } from '../../web/data/notice.ts';

const [anna, boris] = ['1', '2'].map((chatId) => ({ channelId: 'sales', chatType: 'telegram', chatId })) as [
  NonNullable<Found['longest']>,
  NonNullable<Found['longest']>,
];
interface Said {
  readonly tag: Notice['tag'];
  readonly title: string;
  readonly body: string | undefined;
  readonly chat: string | undefined;
  readonly also?: string;
  readonly isNothing?: boolean;
}

const NOBODY: Found = { clients: 0, leaving: [], late: [] };
const said = ({ tag, title, body, also, chat, isNothing }: Notice): Said => ({
  tag,
  title: [title[0], title[1]?.count].filter((one) => one !== undefined).join(' '),
  body: body?.[0],
  chat: chat?.chatId,
  ...(also && { also: also[0] }),
  ...(isNothing && { isNothing }),
});

describe('a browser that was woken shows', () => {
  test.each<[string, Found | undefined, Said]>([
    ['that clients wait, if it cannot ask', undefined, of('waiting', 'notices.unknown')],
    ['that nobody waits', NOBODY, { ...of('waiting', 'notices.nobody'), isNothing: true }],
    ['how many wait', { ...NOBODY, clients: 2, longest: anna }, of('waiting', 'notices.waiting 2', undefined, '1')],
    [
      'that more than a hundred wait',
      { ...NOBODY, clients: 100, isMore: true, longest: anna },
      of('waiting', 'notices.many 100', undefined, '1'),
    ],
    [
      'that clients wait, if the first hundred are those of others',
      { ...NOBODY, isMore: true },
      of('waiting', 'notices.unknown'),
    ],
    [
      'first of all, who is about to leave (T8)',
      { clients: 3, longest: anna, leaving: [boris], late: [anna] },
      of('leaving', 'notices.leaving 1', 'notices.waiting', '2'),
    ],
    [
      'who is about to leave alone, if nobody else waits',
      { clients: 1, longest: boris, leaving: [boris], late: [] },
      of('leaving', 'notices.leaving 1', undefined, '2'),
    ],
    [
      'what heads are told, beside what waits (T7)',
      { clients: 3, longest: anna, leaving: [], late: [boris] },
      of('waiting', 'notices.waiting 3', 'notices.late', '1'),
    ],
    [
      'what heads are told, who do not count others',
      { ...NOBODY, late: [boris, anna] },
      of('waiting', 'notices.late 2', undefined, '2'),
    ],
    [
      'that its user was set away (T11)',
      { ...NOBODY, clients: 1, longest: anna, isSetAway: true },
      of('waiting', 'notices.set-away', 'notices.waiting', '1'),
    ],
    [
      'whom else Konvert has set away, to a head (T11)',
      { ...NOBODY, othersSetAway: ['anna'] },
      of('waiting', 'notices.others-set-away 1'),
    ],
    [
      'the same beside what waits',
      { ...NOBODY, clients: 2, longest: anna, late: [boris], othersSetAway: ['anna'] },
      { ...of('waiting', 'notices.waiting 2', 'notices.late', '1'), also: 'notices.others-set-away' },
    ],
  ])('%s', (_, found, expected) => {
    expect(said(noticeOf(found))).toEqual(expected);
  });
});

function of(tag: Notice['tag'], title: string, body?: string, chat?: string): Said {
  return { tag, title, body, chat };
}
