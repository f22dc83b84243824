import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_CLIENTS } from '#local/demo/kit/clients';
import type { Chat } from '../../../web/models.ts';
import type { OpenedBrowser } from '../browser.ts';
import type { PlayedKonvert } from '../konvert.ts';
import { type ChatAtEnd, type Day, has, judge, type Line } from './ledger.ts';
import { Person } from './person.ts';
import { CLIENT_NAMES, type Client, type Fault, PEOPLE, planDay, type Round, type Writer } from './plan.ts';

/** The pages' time of a round, beside its real time: together ten minutes in some twenty-four rounds. */
const ROUND_SECONDS = 25;
/** For how long the server is away. */
const AWAY_MS = 1_500;
/** What was being sent at a kill goes on within two minutes. */
const QUIET_WITHIN_MS = 150_000;

type Said = Day['said'][number];

/** A day of two people and their clients, with its faults. */
export class PlayedDay {
  readonly rounds: readonly Round[];
  readonly people: Readonly<Record<Writer, Person>>;
  readonly #konvert: PlayedKonvert;
  readonly #said: Said[] = [];
  /** The words that were typed before a kill and were not yet with their client after it. */
  readonly #atKill = new Set<string>();
  #count = 0;

  private constructor(seed: number, count: number, konvert: PlayedKonvert, people: Record<Writer, Person>) {
    this.rounds = planDay(seed, count);
    this.#konvert = konvert;
    this.people = people;
  }

  static async begin(seed: number, count: number, konvert: PlayedKonvert, browser: OpenedBrowser): Promise<PlayedDay> {
    const people = {} as Record<Writer, Person>;
    // High enough for all that is said in a day, so what is on the screen is what was seen.
    const viewport = { width: 1280, height: 2400 };
    for (const name of PEOPLE) people[name] = new Person(name, konvert, await browser.newContext({ viewport }));
    const day = new PlayedDay(seed, count, konvert, people);
    for (const client of CLIENT_NAMES) await day.#says(client);
    for (const name of PEOPLE) await people[name].begin();
    return day;
  }

  async play(): Promise<void> {
    for (const round of this.rounds) {
      // Nobody does anything while they sleep: by the clock, what is painted in that moment would be looked at for hours.
      for (const fault of round.faults) {
        if (fault.fault === 'sleep') for (const name of fault.who) await this.people[name].sleep();
      }
      await Promise.all([
        ...PEOPLE.map((name) => this.#acts(name, round)),
        ...round.says.map(async (client, index) => {
          await sleep(400 * index);
          await this.#says(client);
        }),
        ...round.faults.map((fault) => this.#fails(fault)),
      ]);
      await Promise.all(PEOPLE.map((name) => this.people[name].passes(ROUND_SECONDS, 8)));
    }
  }

  /** Ends all faults, and waits until nothing is on its way. Returns what is wrong then. */
  async end(): Promise<string[]> {
    for (const name of PEOPLE) await this.people[name].heal();
    const deadline = Date.now() + QUIET_WITHIN_MS;
    while (!(await this.#isQuiet())) {
      if (Date.now() > deadline) return ['it does not become quiet', ...judge(await this.#read())];
      for (const name of PEOPLE) await this.people[name].passes(10, 4);
      await sleep(500);
    }
    return judge(await this.#read());
  }

  /** The words of the history of that client in their order. */
  async history(client: Client, as?: Writer): Promise<Line[]> {
    const path = `/v1/chats/${this.#konvert.account.channelId}/telegram/${DEMO_CLIENTS[client].id}/messages`;
    const lines: Line[] = [];
    for (let before = ''; ; ) {
      const { body } = await this.#konvert.api('GET', `${path}${before && `?before=${before}`}`, as && { as });
      lines.unshift(...body.messages);
      if (body.before === undefined) return lines;
      before = encodeURIComponent(body.before);
    }
  }

  /** The chats that this one sees, in their order, or all of them. */
  async chats(as?: Writer): Promise<Chat[]> {
    return (await this.#konvert.api('GET', '/v1/chats?limit=50', as && { as })).body.chats;
  }

  async #acts(name: Writer, { acts, faults }: Round): Promise<void> {
    const says = (client: Client) => this.#says(client);
    await this.people[name].does(acts[name], says);
    // While the server is away they go on.
    if (faults.some(({ fault }) => fault === 'kill')) {
      const client = acts.olga.act === 'reply' ? acts.olga.client : 'bob';
      await this.people[name].does({ act: 'reply', client, looks: false }, says);
    }
  }

  async #fails(fault: Fault): Promise<void> {
    switch (fault.fault) {
      case 'kill': {
        await sleep(fault.afterMs);
        await this.#konvert.kill();
        await sleep(AWAY_MS);
        await this.#konvert.restart();
        return this.#noteKill();
      }
      case 'answer-lost':
        return this.people[fault.who].loseAnswer(fault.isStored);
      case 'hang':
        return this.people[fault.who].hang();
      case 'offline':
        await this.people[fault.who].goOffline(true);
        await sleep(2_500);
        return this.people[fault.who].goOffline(false);
      case 'sleep':
        return;
      default:
        return fault satisfies never;
    }
  }

  async #noteKill(): Promise<void> {
    for (const client of CLIENT_NAMES) {
      const lines = await this.history(client);
      for (const { isEcho, text, status } of lines) if (isEcho && text && status !== 'read') this.#atKill.add(text);
    }
  }

  async #says(client: Client): Promise<string> {
    this.#count += 1;
    const word = `${client}-${this.#count}`;
    const isCutOff = await this.#konvert.says(client, `${word}.`).then(
      () => false,
      () => true,
    );
    this.#said.push({ word, client, isCutOff });
    return word;
  }

  async #isQuiet(): Promise<boolean> {
    for (const name of PEOPLE) if ((await this.people[name].unsent()) > 0) return false;
    const { chats } = await this.#read();
    return chats.every(({ history, got }) =>
      history.every(({ isEcho, text, noReplyNeeded }) => !isEcho || noReplyNeeded || !text || got.includes(text)),
    );
  }

  async #read(): Promise<Day> {
    const rows = await this.chats();
    const chats: ChatAtEnd[] = [];
    for (const client of CLIENT_NAMES) {
      const [history, got] = await Promise.all([this.history(client), this.#konvert.got(client)]);
      const row = rows.find(({ chatId }) => chatId === String(DEMO_CLIENTS[client].id));
      chats.push({ client, history, got, unansweredCount: row?.unansweredCount ?? -1 });
    }
    const drafts: { client: Client; text: string }[] = [];
    for (const name of PEOPLE) {
      const kept = await this.people[name].drafts();
      for (const client of CLIENT_NAMES) {
        const text = kept.get(String(DEMO_CLIENTS[client].id));
        if (text) drafts.push({ client, text });
      }
    }
    const all = PEOPLE.map((name) => this.people[name]);
    return {
      chats,
      drafts,
      said: this.#said,
      written: all.flatMap(({ written }) => written),
      presses: all.flatMap(({ presses }) => presses),
      isDoublePossible: (word) => [...this.#atKill].some((text) => has(text, word)),
    };
  }
}
