import type { Asker } from '#api/authenticate';
import { presentNotices } from '#api/notice-routes';
import type { Clock } from '#clock';
import { NO_SETTINGS } from '#domain/settings';
import { type NoticedChat, noticesOf, setAwayUnder } from '#domain/shown-notices';
import { statusOf } from '#domain/team';
import { timerOf } from '#domain/timer';
import type { ListPage } from '#flows/lists';
import { RequestError } from '#http/errors';
import type { HttpResponse } from '#http/route';
import type { Options } from '#store/accounts/account-options';
import type { Teams } from '#store/accounts/teams';
import { waitIn } from '#store/chats/chats';

/** What it takes to say of what a user's browser has to tell. */
export interface NoticesDeps {
  readonly options: Pick<Options, 'optionsOf'>;
  readonly teams: Pick<Teams, 'read'>;
  readonly clock: Clock;
}

/** Says what a browser that was woken has to show to the user, by the chats that wait and that they see (N2). */
export async function notices(
  { options, teams, clock }: NoticesDeps,
  { account, userId }: Asker,
  { rows, settings, next }: ListPage,
): Promise<HttpResponse> {
  if (userId === undefined) throw new RequestError(403, 'FORBIDDEN', 'Notices are those of users: send Konvert-User');
  const [ofAccount, { team }] = await Promise.all([options.optionsOf(account), teams.read(account)]);
  const chats = rows.map((row): NoticedChat => {
    const { channelId, chatType, chatId, viewers } = row;
    const ofChannel = settings.get(channelId) ?? NO_SETTINGS;
    return { account, channelId, chatType, chatId, viewers, settings: ofChannel, marks: timerOf(waitIn(row)) ?? {} };
  });
  const now = clock.now();
  const isSetAway = statusOf(team, userId, now).by === 'konvert';
  const othersSetAway = setAwayUnder(userId, settings.values(), team, now);
  const found = noticesOf(userId, chats, ofAccount);
  return {
    status: 200,
    body: presentNotices({ ...found, account, isMore: next !== undefined, isSetAway, othersSetAway }),
  };
}
