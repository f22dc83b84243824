import { addressOfChat } from '#domain/address';
import { chatKey, chatOfKey } from '#domain/message';
import { bellsOfWrite } from './bells.ts';
import { ACCOUNT, prepareAccount } from './machines.ts';
import type { WriteRecord } from './memory-dynamo.ts';
import { Random } from './random.ts';
import { Stage } from './stage.ts';

// node test/scheduler/fairness.ts [seed] [days] [users] [silent users] [returns in a row]: a team answers new clients for so many
// days of eight hours, by the real code. Silent users are "on" and not there for four fifths of the time; the others are away
// for half an hour unsaid every fourth day. People answer four minutes after they got a client, on average. After so many
// returns in a row Konvert sets a user away (T11); 0: never. Prints how long clients wait for their first answer, and how evenly
// clients and returns are spread, beside the model by which the rules were chosen; exits 1 if that is worse than it may be.

const [seed = 1, days = 10, users = 12, silent = 4, awayAfterReturns = 2] = process.argv.slice(2).map(Number);
const CHANNEL = 'channel-1';
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** The history begins at 8:00 UTC, when the shift does. */
const SHIFT_MS = 8 * HOUR_MS;
const RETURN_AFTER = 15;
const ANSWER_MS = 4 * MINUTE_MS;
/** New clients of a user and day. */
const CLIENTS_EACH = 16.7;
const LOOK_MS = 20_000;
/** The model of the design, over ten days: by users, silent ones, and whether those are set away. */
const MODEL: Readonly<Record<string, Figures>> = {
  '6 1 0': { p90: 17, over30: 0.018, returns: 168, spread: 2 },
  '6 1 2': { p90: 10, over30: 0.002, returns: 48, spread: 4 },
  '12 4 0': { p90: 25, over30: 0.087, returns: 765, spread: 2 },
  '12 4 2': { p90: 11, over30: 0.003, returns: 137, spread: 2 },
};
const MODEL_DAYS = 10;
/** So much worse than the model the code may be, by chance and by what the model left out. */
const ROOM = { p90: 4, over30: 0.017, spread: 4 };

interface Figures {
  /** In working minutes. */
  readonly p90: number;
  readonly over30: number;
  readonly returns: number;
  /** Of returns, between the users who are not silent. */
  readonly spread: number;
}

interface Client {
  readonly chat: string;
  /** In working time. */
  readonly wroteAt: number;
  answeredAt?: number;
  /** Who is going to answer, and when. */
  by?: { readonly userId: string; at: number };
}

const random = new Random(seed);
const stage = new Stage({ seed, random, skewMs: 0 });
const { scheduler, machines, db } = stage;
const team = Array.from({ length: users }, (_, index) => `u${index + 1}`);
const isSilent = (userId: string) => team.indexOf(userId) >= users - silent;
/** By their addresses. */
const clients = new Map<string, Client>();
const counts = { turns: new Map<string, number>(), returns: new Map<string, number>(), pool: 0 };
/** Of each user: whether they are there, in half hours from the beginning of the first shift. */
const there = new Map(team.map((userId) => [userId, presenceOf(userId)]));

db.onWrite = (record) => {
  for (const bell of bellsOfWrite(record)) stage.ring(bell);
  if (record.tableId === 'assignments' && record.newImage?.a === ACCOUNT) noteRecord(record.newImage);
  if (record.tableId === 'addresses') noteOwner(record);
};

await prepare();
for (let day = 0; day < days; day += 1) await playDay(day);
report();

function presenceOf(userId: string): boolean[] {
  const slots = SHIFT_MS / (HOUR_MS / 2);
  return Array.from({ length: days }, (_, day) => {
    const gone = day % 4 === team.indexOf(userId) % 4 ? random.between(0, slots - 1) : -1;
    return Array.from({ length: slots }, (_slot, slot) => (isSilent(userId) ? random.chance(0.2) : slot !== gone));
  }).flat();
}

async function prepare(): Promise<void> {
  prepareAccount(db, [CHANNEL]);
  machines.request('sync-directory', 'POST', '/v3/pipelines', {
    body: [{ id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] }],
  });
  machines.request('sync-directory', 'POST', '/v3/users', { body: team.map((id) => ({ id, name: id })) });
  const day = [['08:00', '16:00']];
  const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((name) => [name, day]));
  await stage.hearAll();
  machines.request('manage-settings', 'PATCH', '/v1/settings', {
    body: { schedules: { office: { zone: 'UTC', week, exceptions: {} } } },
  });
  await stage.hearAll();
  for (const userId of team) {
    const params = { userId };
    machines.request('manage-team', 'PUT', '/v1/users/{userId}/schedule', { params, body: { schedule: 'office' } });
    await stage.hearAll();
  }
  machines.request('manage-settings', 'PUT', '/v1/settings/channels/{channelId}', {
    params: { channelId: CHANNEL },
    body: {
      newClients: { mode: 'round-robin', pipelineId: '1', stageId: '10' },
      userRoles: team.map((userId) => ({ userId, role: 'seller', allowGetNewClients: true })),
      schedule: 'office',
      waiting: {
        returnAfterMinutes: RETURN_AFTER,
        returnsAtMost: 3,
        then: 'pool',
        tellHeadsAfterMinutes: 30,
        awayAfterReturns,
        outsideHours: 'give',
      },
    },
  });
  await stage.hearAll();
}

async function playDay(day: number): Promise<void> {
  const begin = scheduler.epoch + day * DAY_MS;
  const arrivals = Array.from({ length: Math.round(users * CLIENTS_EACH) }, () => random.next() * SHIFT_MS);
  arrivals.sort((one, other) => one - other);
  for (let at = begin; at < begin + SHIFT_MS; at += LOOK_MS) {
    await stage.passUntil(at);
    while (arrivals.length > 0 && begin + (arrivals[0] as number) <= at) {
      arrivals.shift();
      write();
    }
    for (const client of clients.values()) answer(client);
    if ((at - begin) % MINUTE_MS === 0) stage.sweep();
    await stage.hearAll();
  }
  for (let at = begin + SHIFT_MS; at < begin + DAY_MS; at += HOUR_MS) {
    await stage.passUntil(at);
    stage.sweep();
    await stage.hearAll();
  }
}

function write(): void {
  const person = { chatType: 'telegram', chatId: `c${clients.size + 1}` };
  const chat = chatKey({ channelId: CHANNEL, ...person });
  clients.set(addressOfChat(ACCOUNT, chat), { chat, wroteAt: workedBy(scheduler.now) });
  stage.writeAs(CHANNEL, [person]);
}

/** Whoever has the client answers when their time has come, if they are there; anybody who is there, from the pool. */
function answer(client: Client): void {
  const { by, answeredAt } = client;
  if (answeredAt !== undefined || !by || by.at > workedBy(scheduler.now)) return;
  const userId = by.userId === '' ? random.pick(team) : by.userId;
  if (!isThere(userId)) return;
  client.answeredAt = workedBy(scheduler.now);
  const body = { ...chatOfKey(client.chat), text: 'an answer', crmUserId: userId };
  machines.request('record-reply', 'POST', '/v3/message', {
    body,
    done: (status) => {
      if (status !== 201) delete client.answeredAt;
    },
  });
}

function noteOwner({ newImage, oldImage }: WriteRecord): void {
  const [owner = '', before = ''] = [newImage, oldImage].map((image) => (image?.viewers as string[] | undefined)?.[0]);
  const client = clients.get(String(newImage?.a));
  if (!client || (owner === before && client.by)) return;
  client.by = { userId: owner, at: workedBy(scheduler.now) - ANSWER_MS * Math.log(1 - random.next()) };
}

function noteRecord({ rule, userId }: Record<string, unknown>): void {
  if (rule === 'returned' && userId === null) counts.pool += 1;
  const of = rule === 'returned' ? counts.returns : counts.turns;
  if (typeof userId === 'string') of.set(userId, (of.get(userId) ?? 0) + 1);
}

/** The working time since the first shift began (ms). */
function workedBy(at: number): number {
  const day = Math.floor((at - scheduler.epoch) / DAY_MS);
  return day * SHIFT_MS + Math.min(SHIFT_MS, at - scheduler.epoch - day * DAY_MS);
}

function isThere(userId: string): boolean {
  return there.get(userId)?.[Math.floor(workedBy(scheduler.now) / (HOUR_MS / 2))] === true;
}

function report(): void {
  const end = workedBy(scheduler.now);
  const waits = [...clients.values()].map(({ wroteAt, answeredAt = end }) => (answeredAt - wroteAt) / MINUTE_MS);
  waits.sort((one, other) => one - other);
  const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0;
  const over30 = waits.filter((minutes) => minutes > 30).length / waits.length;
  const diligent = team.filter((userId) => !isSilent(userId));
  const returns = diligent.map((userId) => counts.returns.get(userId) ?? 0);
  const turns = diligent.map((userId) => counts.turns.get(userId) ?? 0);
  const all = [...counts.returns.values()].reduce((sum, one) => sum + one, 0);
  const spread = Math.max(...returns) - Math.min(...returns);
  const [p50, p90, p99] = [0.5, 0.9, 0.99].map((share) => at(share).toFixed(1));
  const setsAway = awayAfterReturns > 0 ? `are set away after ${awayAfterReturns} returns` : 'are never set away';
  console.log(
    `${clients.size} clients, ${users} users of whom ${silent} are silent and ${setsAway}, ${days} days, seed ${seed}`,
  );
  console.log(`first answer: p50 ${p50}, p90 ${p90}, p99 ${p99}, at most ${at(1).toFixed(1)} working minutes`);
  console.log(`over 30 minutes: ${(over30 * 100).toFixed(2)} %`);
  console.log(`${all} returns and ${counts.pool} into the pool; of the diligent each got ${returns.join(', ')}`);
  console.log(`their new clients: ${turns.join(', ')}`);
  compare({ p90: at(0.9), over30, returns: all, spread });
}

/** Says what the model says. Without one of such a team nothing is judged. */
function compare(found: Figures): void {
  const model = MODEL[`${users} ${silent} ${awayAfterReturns}`];
  if (!model) return;
  const of = Math.round((model.returns * days) / MODEL_DAYS);
  console.log(
    `the model: p90 ${model.p90}, over 30 minutes ${(model.over30 * 100).toFixed(2)} %, ${of} returns, spread ${model.spread}; here ${found.spread}`,
  );
  const isWorse =
    found.p90 > model.p90 + ROOM.p90 ||
    found.over30 > model.over30 + ROOM.over30 ||
    found.spread > model.spread + ROOM.spread;
  process.exitCode = isWorse ? 1 : 0;
}
