import { addressOfChat } from '#domain/address';
import { type Erased, withErased } from '#domain/erasure';
import { type ErasedOfChat, ofMark } from '#flows/erased/erased-of';
import { erasedFact, erasedName } from '#flows/erased/names';
import { createErasedPeople } from '#store/accounts/erased-people';
import { createErasures } from '#store/accounts/erasures';
import { createInstallation } from '#store/accounts/installation';
import { createTasks, RUN_MS, type TakenTask } from '#store/outbox/tasks';
import { createChatsOf } from './chats-of.ts';
import { createEraseChat, STRAY_MS } from './erase-chat.ts';
import { createEraseFiles, type MayCome } from './erase-files.ts';
import type { ErasingDeps } from './erasing-deps.ts';
import { createFollowErased } from './follow-erased.ts';
import { createHidePerson } from './hide.ts';
import { createKeepGrown } from './keep-grown.ts';
import { createSteps, type EraseTask, type Step } from './steps.ts';

/** Erases a person. Answers with when it goes on (in milliseconds from now), or undefined if they are erased. */
export type ErasePerson = (taken: TakenTask<EraseTask>, until: number) => Promise<number | undefined>;

/**
 * When the rounds begin, in milliseconds after the request. In the second no process remembers a time before it, in the last
 * nothing is under way that had begun by then.
 */
const ROUNDS_MS = [0, 12_000, 120_000];

/** Makes `erasePerson`. Each step finds by itself what is still there, so doing it again does no harm. */
export function createErasePerson(deps: ErasingDeps): ErasePerson {
  const { clock } = deps;
  const tasks = createTasks(deps);
  const erasures = createErasures(deps);
  const chatsOf = createChatsOf(deps);
  const marks = createErasedPeople(deps);
  const installation = createInstallation(deps);
  const { hidePerson, hideAgain } = createHidePerson(deps);
  const keepGrown = createKeepGrown(deps);
  const eraseChat = createEraseChat(deps);
  const followErased = createFollowErased(deps);
  const eraseFiles = createEraseFiles(deps);

  /** What is erased of a chat, as it is now: an erasure may have come after this one. */
  async function erasedOf({ account, since }: EraseTask, chat: string): Promise<ErasedOfChat> {
    const secret = await installation.secret();
    if (!secret) throw new Error('An installation with an erasure has a secret');
    const mark = await marks.get(erasedName(secret, addressOfChat(account, chat)));
    return ofMark(mark ?? { since, also: [] }, (key) => erasedFact(secret, chat, key));
  }

  /** The request does this too, but it may have been cut short. Later it goes for what was made without knowing of it. */
  const hide: Step = async (task, _until, taken) => {
    let kept = task;
    await (task.round === 0 ? hidePerson : hideAgain)(task.account, task.person, task.since, async (grown) => {
      kept = await keepGrown(taken, kept, grown);
    });
    return { person: kept.person };
  };

  const messages: Step = async (task, until) => {
    const { account, at, place = '' } = task;
    let erased: Partial<Erased> = {};
    const mayCome: MayCome[] = [];
    for (const chat of (await chatsOf(account, task.person)).filter((key) => key >= place)) {
      const mark = await erasedOf(task, chat);
      const strayBefore = Math.max(at, clock.now() - STRAY_MS);
      const found = await eraseChat({ chat, isErased: mark.isErased, strayBefore }, until);
      erased = sum(erased, found.erased);
      mayCome.push(...found.mayCome);
      if (found.left) return { erased, mayCome, place: chat };
      await followErased({ account, chat, since: mark.since, kept: found.kept });
    }
    return { erased, mayCome };
  };

  const files: Step = async (task) => {
    const { erased } = await eraseFiles(task.files);
    return { erased: { files: erased } };
  };

  const others = createSteps(deps);
  const first = [hide, messages, files];
  /** In each round. Whoever remembers a time before the erasure may make a client of what is delivered again. */
  const rounds: readonly (readonly Step[])[] = [[...first, ...others], first, [...first, ...others]];

  return async function erasePerson(taken, until) {
    let { task } = taken;
    while (task.round < rounds.length) {
      const step = rounds[task.round]?.[task.step];
      if (!step) {
        task = { ...without(task), round: task.round + 1, step: 0 };
        const afterMs = Math.max(0, task.at + (ROUNDS_MS[task.round] ?? 0) - clock.now());
        if (task.round < rounds.length) {
          await note(taken, task, afterMs);
          if (afterMs > 0) return afterMs;
        }
        continue;
      }
      const { erased = {}, mayCome = [], place, person = task.person } = await step(task, until, taken);
      const next = { ...without(task), person, step: place === undefined ? task.step + 1 : task.step };
      const known = new Set(task.files.map(({ file }) => file));
      const files = [...task.files, ...mayCome.filter(({ file }) => !known.has(file))];
      task = { ...next, erased: withErased(task.erased, erased), files, ...(place !== undefined && { place }) };
      await note(taken, task, RUN_MS);
      if (clock.now() >= until) return 0;
    }
    await erasures.finish(task.account, { id: task.id, requestedAt: task.at }, task.erased);
    await tasks.finish(taken);
    return undefined;
  };

  /** Keeps how far it got, in the task and in what is reported. */
  async function note(taken: TakenTask<EraseTask>, task: EraseTask, afterMs: number): Promise<void> {
    await tasks.goOn(taken, task, afterMs);
    await erasures.note(task.account, { id: task.id, requestedAt: task.at }, task.erased);
  }
}

function without({ place: _, ...task }: EraseTask): EraseTask {
  return task;
}

function sum(one: Partial<Erased>, other: Partial<Erased>): Partial<Erased> {
  const { messages = 0, files = 0 } = one;
  return { ...one, messages: messages + (other.messages ?? 0), files: files + (other.files ?? 0) };
}
