import type * as z from 'zod/mini';
import type { assignmentList } from '#api/assignment-routes';
import { DEMO_CLIENTS, type DemoClient } from '#local/demo/kit/clients';
import { IN_TURN_PATH } from '#local/demo/messenger';
import { StepError } from '../terminal/errors.ts';
import { type Call, call } from '../terminal/printed-calls.ts';
import { type Demo, show, WITHIN_MS, waitFor } from './demo-calls.ts';

const NEW_CLIENTS = ['dan', 'eva', 'frank'] as const;

const WHY_NOT: Readonly<Record<string, string>> = {
  SWITCHED_OFF: 'does not receive new clients',
  MAY_NOT_WRITE: 'may not write',
};

type Assignments = z.infer<typeof assignmentList>;

/**
 * Three clients write to the channel that gives new clients out in turn. Prints which user got each of them, and why. A
 * client who wrote there before is not new any more, and stays with the same user.
 */
export async function newClients({ user: _, ...demo }: Demo): Promise<void> {
  const { inTurnChannelId: channelId } = demo;
  if (channelId === undefined) throw new StepError('This demo account has one channel only. Start Konvert once more');
  for (const client of NEW_CLIENTS) {
    const body = { text: `It is ${client}. Do you deliver?`, client };
    await show(demo, { method: 'POST', path: `${IN_TURN_PATH}/write`, body });
    await untilGivenOut(demo, channelId, client);
  }
  const { assignments } = await show<Assignments>(demo, assignmentsOf(channelId));
  console.log('');
  for (const { chatId, userId, rule, place, passedOver } of assignments.toReversed()) {
    const name = Object.values(DEMO_CLIENTS).find(({ id }) => String(id) === chatId)?.first_name ?? chatId;
    const turn = place === null ? '' : `, place ${place} of the order`;
    const others = passedOver.map((other) => `; ${other.userId} ${WHY_NOT[other.reason] ?? other.reason}`);
    console.log(`${name} was given to ${userId}: ${rule}${turn}${others.join('')}`);
  }
}

async function untilGivenOut(demo: Demo, channelId: string, client: DemoClient): Promise<void> {
  const { id, first_name } = DEMO_CLIENTS[client];
  const given = await waitFor(async () => {
    const { assignments } = (await call(demo, assignmentsOf(channelId))).body as Assignments;
    return assignments.find(({ chatId }) => chatId === String(id));
  }, WITHIN_MS);
  if (given) return;
  const found = `There is no record of ${first_name} within ${WITHIN_MS / 1000} s: see konvert.log in the data folder`;
  throw new StepError(`${found}. With a CRM that makes contacts, the record comes when it answers: demo receive`);
}

function assignmentsOf(channelId: string): Call {
  return { method: 'GET', path: `/v1/assignments?channelId=${channelId}` };
}
