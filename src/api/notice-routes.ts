import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';
import { count, text, time, toldChatType } from '#api/fields';
import { presentTime } from '#api/present-time';
import type { NoticedChat, ShownNotices } from '#domain/shown-notices';

/** A chat by its ids. */
const ids = { channelId: text, chatType: toldChatType, chatId: text };
export const namedChat = z.object(ids);

/** A chat that the user loses at `leavesAt`, unless somebody answers before (T8). */
export const leavingChat = z.object({ ...ids, leavesAt: time });

/**
 * What a browser that was woken has to show. `clients` wait for the user, or more of them if `isMore` is there; `longest` is the chat
 * of the one who waits longest. `leaving` leave the user within a minute, of `late` the user is told as a head. `isSetAway`:
 * Konvert has set the user away (T11). `othersSetAway`: it has set away somebody in a channel of which the user is a head.
 */
export const notices = z.object({
  accountId: text,
  clients: count,
  isMore: z.exactOptional(z.literal(true)),
  longest: z.exactOptional(namedChat),
  leaving: z.array(leavingChat),
  late: z.array(namedChat),
  isSetAway: z.exactOptional(z.literal(true)),
  othersSetAway: z.exactOptional(z.array(text)),
});

interface Noticed extends ShownNotices<NoticedChat> {
  readonly account: string;
  readonly isMore: boolean;
  readonly isSetAway: boolean;
  readonly othersSetAway: readonly string[];
}

/** Ids only: the page of the device asks for more, if it may show more. */
export function presentNotices(noticed: Noticed): z.infer<typeof notices> {
  const { account, clients, isMore, longest, leaving, late, isSetAway, othersSetAway } = noticed;
  return {
    accountId: account,
    clients,
    ...(isMore && { isMore }),
    ...(longest && { longest: presentNamed(longest) }),
    leaving: leaving.map((chat) => ({ ...presentNamed(chat), leavesAt: presentTime(chat.marks.leavesAt ?? 0) })),
    late: late.map(presentNamed),
    ...(isSetAway && { isSetAway }),
    ...(othersSetAway.length > 0 && { othersSetAway: [...othersSetAway] }),
  };
}

function presentNamed({ channelId, chatType, chatId }: NoticedChat): z.infer<typeof namedChat> {
  return { channelId, chatType, chatId };
}

/** The route of what a browser that was woken has to show. */
export const describedNoticeRoutes = {
  'GET /v1/me/notices': {
    operationId: 'getNotices',
    tag: 'Desk',
    summary: 'What a browser that was woken by Web Push has to show to its user',
    description:
      'It takes a user (`Konvert-User`). Of the hundred chats that the user sees and that wait longest, by their ids. No name and no text.',
    answer: notices,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: [],
  },
} satisfies DescribedRoutes;
