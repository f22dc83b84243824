import { chatKey } from '#domain/message';
import type { WaitingSetting } from '#domain/waiting-setting';
import { waitTaskName } from '#store/outbox/wait-task';
import { type Answer, createWorld, type World, type WorldOptions } from '#test/world';

const MINUTE_MS = 60_000;
export const SELLERS = ['anna', 'boris', 'clara'] as const;
export const WAITING: WaitingSetting = {
  returnAfterMinutes: 15,
  returnsAtMost: 3,
  then: 'pool',
  tellHeadsAfterMinutes: null,
  awayAfterReturns: 0,
  outsideHours: 'give',
};

/** A round-robin channel with a timer, three sellers, a head and somebody of quality control. */
export interface WaitsWorld extends World {
  ask(method: string, path: string, body?: unknown, user?: string): Promise<Answer>;
  /** Chooses the timer, who receives new clients, and the schedule of the channel. */
  choose(waiting: Partial<WaitingSetting> | null, receiving?: readonly string[], schedule?: string): Promise<void>;
  /** Lets minutes pass, with the sweep of each, and every bell at its time. */
  play(minutes: number): Promise<void>;
  /** Who has the client, by the API. */
  ownerOf(chatId: number): Promise<string | null>;
  /** Whether something will still be done about the client. */
  isMinded(chatId: number): Promise<boolean>;
}

/** Makes that world. */
export async function createWaitsWorld(options: WorldOptions = {}): Promise<WaitsWorld> {
  const world = await createWorld(options);
  let sweepAt = world.clock.now();

  async function ask(method: string, path: string, body?: unknown, user?: string): Promise<Answer> {
    const headers = user === undefined ? {} : { 'konvert-user': user };
    const answer = await world.call(method, path, { key: world.account.apiKey, body, headers });
    await world.drain();
    return answer;
  }

  async function choose(
    waiting: Partial<WaitingSetting> | null,
    receiving: readonly string[] = SELLERS,
    schedule?: string,
  ): Promise<void> {
    const sellers = SELLERS.map((userId) => {
      return { userId, role: 'seller', allowGetNewClients: receiving.includes(userId) };
    });
    const others = [
      { userId: 'head', role: 'manager', allowGetNewClients: false },
      { userId: 'judge', role: 'auditor', allowGetNewClients: false },
    ];
    const body = {
      newClients: { mode: 'round-robin', pipelineId: '1', stageId: '10' },
      userRoles: [...sellers, ...others],
      waiting: waiting && { ...WAITING, ...waiting },
      ...(schedule !== undefined && { schedule }),
    };
    const { status, text } = await ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, body);
    if (status !== 200) throw new Error(text);
  }

  async function play(minutes: number): Promise<void> {
    const until = world.clock.now() + minutes * MINUTE_MS;
    while (world.clock.now() < until) {
      const bells = world.later.map(({ at }) => at).filter((at) => at > world.clock.now());
      await world.pass(Math.min(until, sweepAt, ...bells) - world.clock.now());
      if (world.clock.now() < sweepAt) continue;
      sweepAt = world.clock.now() + MINUTE_MS;
      await world.app.listeners['sweep-lanes']();
      await world.drain();
    }
  }

  const users = [...SELLERS, 'head', 'judge'].map((id) => ({ id, name: `Name of ${id}` }));
  await ask('POST', '/v3/users', users);
  await ask('POST', '/v3/pipelines', [{ id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] }]);
  return Object.assign(world, {
    ask,
    choose,
    play,
    ownerOf: async (chatId: number) => (await world.chat(chatId)).responsibleUserId,
    isMinded: (chatId: number) =>
      world.store.tasks.isThere(
        waitTaskName(chatKey({ channelId: world.channel.channelId, chatType: 'telegram', chatId: String(chatId) })),
      ),
  });
}
