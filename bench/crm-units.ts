import { type AmoHands, handsOf } from '#test/crms/doubles/amocrm/hands';
import { createAmoDouble } from '#test/crms/doubles/amocrm/index';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import type { Usage } from './meter.ts';
import { formatTable, type Row, rounded } from './table.ts';
import { type BenchWorld, openBenchWorld } from './world.ts';

const TEXT = 'Good day! Is the red one in stock?';
const MANY = 50;

/** What a connected CRM costs: a new client, a message for its timeline, a change there that a hook tells of. */
export async function measureCrmUnits(): Promise<Row[]> {
  // It reads its own clock alone, in which all of this is one moment.
  const clock = createVirtualClock();
  const double = createAmoDouble(clock);
  await double.listen();
  const hands = handsOf(double, clock);
  const world = await openBenchWorld({ crms: { amocrm: double.baseUrl } });
  const { state, hooks } = double;
  const [olga = '', ivan = ''] = state.users.map(({ id }) => String(id));
  const contactOf = (index: number) => ({ type: 'contact' as const, id: String(state.contacts[index]?.id) });

  /** The hooks of what was done there since they were last rung. */
  async function ring(): Promise<void> {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const { destination, body } of hooks.splice(0)) await world.post(new URL(destination).pathname, body, form);
  }

  async function change(indexes: readonly number[], userId: string): Promise<Usage> {
    for (const index of indexes) hands.setResponsible(contactOf(index), userId);
    return world.measure(async () => {
      await ring();
      await world.callCrms();
    });
  }

  try {
    await connect(world, hands, double.oauth.longLived, [olga, ivan], state.pipelines[0]);
    await comes(world, 1);
    await made(world);
    hooks.splice(0);

    const alone = await world.measure(() => comes(world, 2));
    const client = await world.measure(() => made(world));
    const echoes = await world.measure(ring);
    const read = await world.measure(() => world.callCrms());
    await comes(world, 2);
    const said = await world.measure(() => made(world));
    const moved = await change([0], ivan);
    const { body } = await world.call('GET', `/v1/chats/${world.channelId}/telegram/1`);
    if (body.responsibleUserId !== ivan) throw new Error('The chat has not moved');
    for (let chat = 3; chat < 3 + MANY; chat += 1) await comes(world, chat);
    await made(world);
    hooks.splice(0);
    const many = Array.from({ length: MANY }, (_, index) => index + 1);
    const bulk = await change(many, ivan);
    return [
      row('new client with amoCRM connected: message and chat', alone),
      row('the same: contact, deal and note made there, and kept here', client),
      row('the hooks of what Konvert made there', echoes),
      row('reading that, which finds nothing new', read),
      row('a further message for the timeline', said),
      row('another responsible user there: hook, reading, the chat moves', moved),
      row(`the same of ${MANY} clients at once, each`, bulk, MANY),
    ];
  } finally {
    await world.stop();
    await double.stop();
  }
}

interface Pipeline {
  readonly id: number;
  readonly stages: readonly { readonly id: number }[];
}

async function connect(
  { call, channelId }: BenchWorld,
  { portal }: AmoHands,
  accessToken: string,
  users: readonly string[],
  pipeline: Pipeline | undefined,
): Promise<void> {
  await call('POST', '/v1/crm', { crm: 'amocrm', credentials: { host: portal.host, accessToken } });
  await call('PATCH', '/v1/settings', { saveMessagesToTimeline: true });
  const userRoles = users.map((userId, index) => ({ userId, role: 'seller', allowGetNewClients: index === 0 }));
  const [pipelineId, stageId] = [String(pipeline?.id), String(pipeline?.stages[1]?.id)];
  const newClients = { mode: 'round-robin', pipelineId, stageId };
  await call('PUT', `/v1/settings/channels/${channelId}`, { newClients, userRoles });
}

async function comes(world: BenchWorld, chat: number): Promise<void> {
  world.advance(1);
  await world.receive(chat, TEXT);
  await world.fold();
}

/** A client is given out, and the CRM has them. */
async function made(world: BenchWorld): Promise<void> {
  await world.assign();
  await world.publish();
  await world.callCrms();
  await world.fold();
  await world.assign();
  await world.callCrms();
}

function row(what: string, { writeUnits, readUnits, requests }: Usage, clients = 1): Row {
  const each = (units: number) => rounded(units / clients);
  return { what, budget: '', figure: `${each(writeUnits)} write, ${each(readUnits)} read, ${each(requests)} requests` };
}

if (import.meta.main) console.log(formatTable(await measureCrmUnits()));
