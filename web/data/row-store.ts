import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { KonvertClient } from '../../clients/typescript/index.ts';
import { Rows } from '../core/rows.ts';
import { type Chat, type ChatId, keyOf } from '../models.ts';
import { answerOf } from './api.ts';

/** A chat is different now, or out of sight. */
export type RowHeard = (key: string, row: Chat | undefined, before: Chat | undefined) => void;

/** The chats as they are known. Each has one signal, so that a change shows in one place of the page. */
export class RowStore {
  readonly #api: KonvertClient;
  readonly #rows = new Rows();
  readonly #signals = new Map<string, Signal<Chat | undefined>>();
  readonly #heard: RowHeard[] = [];
  #asked = 0;

  constructor(api: KonvertClient) {
    this.#api = api;
  }

  onRow(heard: RowHeard): void {
    this.#heard.push(heard);
  }

  row(key: string): ReadonlySignal<Chat | undefined> {
    return this.#signal(key);
  }

  /** The number of a request that begins now. Answers are put in order by it. */
  ask(): number {
    return ++this.#asked;
  }

  askedAt(key: string): number {
    return this.#rows.askedAt(key);
  }

  put(row: Chat, asked: number): void {
    const key = keyOf(row);
    const before = this.#rows.get(key);
    if (this.#rows.put(row, asked)) this.#tell(key, row, before);
  }

  lose(key: string, asked: number): void {
    const before = this.#rows.get(key);
    if (this.#rows.lose(key, asked)) this.#tell(key, undefined, before);
  }

  /** Reads one chat. False: it could not be asked for. */
  async fetch(chat: ChatId): Promise<boolean> {
    const asked = this.ask();
    const answer = await answerOf(
      this.#api.GET('/v1/chats/{channelId}/{chatType}/{chatId}', { params: { path: { ...chat } } }),
    );
    if (answer.kind === 'ok') this.put(answer.body, asked);
    else if (answer.kind === 'refused' && (answer.status === 404 || answer.status === 403))
      this.lose(keyOf(chat), asked);
    else return false;
    return true;
  }

  #signal(key: string): Signal<Chat | undefined> {
    const known = this.#signals.get(key);
    if (known) return known;
    const made = signal(this.#rows.get(key));
    this.#signals.set(key, made);
    return made;
  }

  #tell(key: string, row: Chat | undefined, before: Chat | undefined): void {
    this.#signal(key).value = row;
    for (const heard of this.#heard) heard(key, row, before);
  }
}
