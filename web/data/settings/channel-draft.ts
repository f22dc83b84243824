import { computed, signal } from '@preact/signals';
import { NOTHING_CHOSEN, ofUsers } from '../../core/chosen.ts';
import { differencesOf } from '../../core/settings-diff.ts';
import type { ChannelDraft, Chosen, Effects, Named, Step, Stored } from '../../settings-models/roles.ts';
import { type Answer, wordsOf } from '../api.ts';

/** What a draft asks the server. */
export interface DraftServer {
  preview(chosen: Chosen, version: number): Promise<Answer<Effects>>;
  save(chosen: Chosen, version: number): Promise<Answer<Stored>>;
  /** What is stored now, and who is there. */
  read(): Promise<Answer<{ readonly stored: Stored; readonly users: readonly Named[] }>>;
}

/** What is wrong with settings, as the server says it. */
interface Wrong {
  readonly fields?: readonly string[];
  readonly unknownUsers?: readonly string[];
}

/** A draft of what is stored. `saved` is told what is stored then. */
export function createChannelDraft(
  server: DraftServer,
  stored: Stored,
  saved: (stored: Stored) => void,
): ChannelDraft & { read(stored: Stored): void } {
  const base = signal(stored);
  const mine = signal(stored.chosen);
  const step = signal<Step>({ kind: 'editing' });
  const isChanged = computed(() => differencesOf(base.value.chosen, mine.value).length > 0);

  /**
   * A refusal, or no answer. If somebody else has saved meanwhile, both have to be looked at. What is wrong was right
   * when it was read, so all is read again. Users who are gone are taken out of what is chosen: their roles rest.
   */
  async function refused(answer: Exclude<Answer<unknown>, { kind: 'ok' }>): Promise<Step> {
    if (answer.kind === 'lost') return { kind: 'refused', fields: [], gone: 0, words: wordsOf(answer) };
    const { fields = [], unknownUsers = [] } = (answer.data ?? {}) as Wrong;
    const isOvertaken = answer.code === 'SETTINGS_CHANGED';
    if (isOvertaken || fields.length > 0) {
      const now = await server.read();
      if (now.kind !== 'ok') return refused(now);
      const { stored: theirs, users } = now.body;
      base.value = { ...base.value, chosen: ofUsers(base.value.chosen, users) };
      mine.value = ofUsers(mine.value, users);
      if (isOvertaken) return { kind: 'overtaken', theirs };
    }
    return { kind: 'refused', fields, gone: unknownUsers.length, words: wordsOf(answer) };
  }

  async function store(): Promise<Step> {
    const isFirst = differencesOf(NOTHING_CHOSEN, base.value.chosen).length === 0;
    const answer = await server.save(mine.value, base.value.version);
    if (answer.kind !== 'ok') return refused(answer);
    begin(answer.body);
    saved(answer.body);
    return { kind: 'saved', isFirst };
  }

  function begin(from: Stored, chosen = from.chosen): void {
    base.value = from;
    mine.value = chosen;
  }

  async function run(act: () => Promise<Step>): Promise<void> {
    if (step.value.kind === 'busy') return;
    step.value = { kind: 'busy' };
    step.value = await act();
  }

  return {
    base: computed(() => base.value.chosen),
    mine,
    isChanged,
    step,
    change(next) {
      // What is on its way is not changed any more.
      if (step.value.kind === 'busy') return;
      mine.value = next;
      if (step.value.kind !== 'editing') step.value = { kind: 'editing' };
    },
    async save() {
      if (!isChanged.value) return;
      await run(async () => {
        const answer = await server.preview(mine.value, base.value.version);
        if (answer.kind !== 'ok') return refused(answer);
        const { body: effects } = answer;
        const { givenOut, losesSight, atLeast } = effects;
        if (givenOut === 0 && losesSight.length === 0 && !atLeast) return store();
        return { kind: 'asking', effects };
      });
    },
    confirm: () => run(store),
    cancel() {
      if (step.value.kind !== 'busy') step.value = { kind: 'editing' };
    },
    drop() {
      begin(base.value);
      step.value = { kind: 'editing' };
    },
    goOn(from, chosen) {
      begin(from, chosen);
      step.value = { kind: 'editing' };
    },
    /** What was read anew. It takes the place of an older one, unless something is being changed here. */
    read(now) {
      if (isChanged.value || step.value.kind === 'busy') return;
      if (now.version !== base.value.version) begin(now);
    },
  };
}
