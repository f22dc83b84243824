import type { DemoClient } from '#local/demo/kit/clients';
import { Random } from '#test/scheduler/random';

/** The two people of the day: the head, and the seller who receives new clients. */
export const PEOPLE = ['olga', 'ivan'] as const;
export type Writer = (typeof PEOPLE)[number];

/** The clients who write, with the names of their lines. Bob and Dan are Ivan's, the others new. */
export const CLIENTS = { anna: 'Anna Demo', bob: 'Bob of the CRM', dan: 'Dan of the CRM', eva: 'Eva Demo' } as const;
export type Client = keyof typeof CLIENTS & DemoClient;
export const CLIENT_NAMES = Object.keys(CLIENTS) as Client[];

/** What a person does in a round. `looks`: they look at the chat before they press. */
export type Act =
  | { readonly act: 'reply'; readonly client: Client; readonly looks: boolean }
  /** The key is pressed in the moment in which the client's next message is painted. */
  | { readonly act: 'reply-crossed'; readonly client: Client }
  | { readonly act: 'no-reply-needed'; readonly client: Client; readonly looks: boolean }
  | { readonly act: 'type' | 'look'; readonly client: Client }
  | { readonly act: 'undo' | 'reload' | 'close' };

/** What goes wrong in a round. */
export type Fault =
  /** The server is killed, and started again after the next round. */
  | { readonly fault: 'kill'; readonly afterMs: number }
  | { readonly fault: 'answer-lost'; readonly who: Writer; readonly isStored: boolean }
  | { readonly fault: 'hang' | 'offline'; readonly who: Writer }
  /** Three hours of sleep. */
  | { readonly fault: 'sleep'; readonly who: readonly Writer[] };

/** What happens at once. */
export interface Round {
  readonly acts: Readonly<Record<Writer, Act>>;
  readonly says: readonly Client[];
  readonly faults: readonly Fault[];
}

/** A day of that seed. Each fault comes at least once. */
export function planDay(seed: number, count: number): Round[] {
  const random = new Random(seed);
  const faults = placeFaults(random, count);
  return Array.from({ length: count }, (_, index) => ({
    acts: { olga: anAct(random), ivan: anAct(random) },
    says: Array.from(
      {
        length: random.weighted([
          [1, 0],
          [3, 1],
          [2, 2],
        ]),
      },
      () => random.pick(CLIENT_NAMES),
    ),
    faults: faults.filter(([at]) => at === index).map(([, fault]) => fault),
  }));
}

function anAct(random: Random): Act {
  const client = random.pick(CLIENT_NAMES);
  const looks = random.chance(0.7);
  return random.weighted<Act>([
    [6, { act: 'reply', client, looks }],
    [3, { act: 'reply-crossed', client }],
    [3, { act: 'no-reply-needed', client, looks }],
    [3, { act: 'type', client }],
    [2, { act: 'look', client }],
    [2, { act: 'undo' }],
    [1, { act: 'reload' }],
    [1, { act: 'close' }],
  ]);
}

function placeFaults(random: Random, count: number): (readonly [round: number, Fault])[] {
  const who = () => random.pick(PEOPLE);
  const some = (most: number, make: () => Fault) =>
    Array.from({ length: random.between(1, most) }, () => [random.between(1, count - 2), make()] as const);
  const kills = [Math.floor(count / 3), Math.floor((2 * count) / 3)];
  return [
    ...kills.map((at) => [at, { fault: 'kill', afterMs: random.between(0, 1500) }] as const),
    ...some(3, () => ({ fault: 'answer-lost', who: who(), isStored: true })),
    ...some(3, () => ({ fault: 'answer-lost', who: who(), isStored: false })),
    ...some(3, () => ({ fault: 'hang', who: who() })),
    ...some(2, () => ({ fault: 'offline', who: who() })),
    ...some(2, () => ({ fault: 'sleep', who: random.pick([PEOPLE, ['olga'], ['ivan']] as const) })),
  ];
}
