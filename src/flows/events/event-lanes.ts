import { readKept } from '#flows/events/kept';
import type { Lane } from '#store/outbox/lane-item';
import { asideLane, eventLane } from '#store/outbox/lane-names';
import type { Lanes } from '#store/outbox/lanes';

/**
 * The lanes in which events of the account wait, by their names: its own, and those of the subjects that were set aside,
 * which the item of its own lane lists. That item may be there although nothing waits in its lane.
 */
export async function eventLanesOf(lanes: Pick<Lanes, 'lanesOf'>, account: string): Promise<Map<string, Lane>> {
  const own = eventLane(account);
  const found = await lanes.lanesOf([own]);
  const subjects = readKept(found.get(own)?.kept).aside;
  const aside = subjects.length > 0 ? await lanes.lanesOf(subjects.map((subject) => asideLane(account, subject))) : [];
  const waiting = [...aside, ...found].filter(([, { rests }]) => !rests);
  return new Map(waiting.sort(([one], [other]) => (one < other ? -1 : 1)));
}
