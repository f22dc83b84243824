import type { Bells } from '#bells';
import { NOTHING_ERASED } from '#domain/erasure';
import { timeOfKey } from '#domain/fact';
import type { InstallationSecret } from '#domain/hash';
import { beginOfTime } from '#domain/time-key';
import { erasedFact, erasedName } from '#flows/erased/names';
import { createAudit } from '#store/accounts/audit';
import { createChannels } from '#store/accounts/channels';
import type { Cipher } from '#store/accounts/cipher';
import { createErasedPeople, type ErasedPerson } from '#store/accounts/erased-people';
import { createErasures } from '#store/accounts/erasures';
import { createInstallation } from '#store/accounts/installation';
import { type ChatItem, createEraseItems } from '#store/chats/erase-items';
import type { StoreDeps } from '#store/dynamo/client';
import { ContentionError } from '#store/dynamo/errors';
import { MOST_WRITES, transact } from '#store/dynamo/transaction';
import { createTasks, REQUEST_MS } from '#store/outbox/tasks';
import { createChatsOf } from './chats-of.ts';
import { createFindPerson, type Person } from './find-person.ts';
import { createHidePerson } from './hide.ts';
import { createKeepGrown } from './keep-grown.ts';
import type { EraseTask } from './steps.ts';

/** Who asks for an erasure: their account, and their name in the audit. */
export interface ErasureAsker {
  readonly account: string;
  readonly actor: string;
}

/**
 * Begins to erase a person, and answers with the id of the erasure. If one is under way it is that one's. `unknown`: nothing
 * is stored of such a person. `starting`: the installation has no secret yet. When it resolves nothing shows the person.
 */
export type BeginErasure = (
  asker: ErasureAsker,
  chatType: string,
  chatId: string,
) => Promise<{ readonly erasureId: string } | 'unknown' | 'starting'>;

const TRIES = 5;
/**
 * What was said before the request by less than this is erased only if it is stored by then. Messengers cut times to
 * seconds, and their clocks are not ours: what is written right after the request must not be lost.
 */
const CLOSE_MS = 5_000;
/** So many of those are known again if a messenger delivers them once more. */
const MOST_CLOSE = 250;
/** A transaction holds the other writes beside those of marks. */
const MOST_MARKS = MOST_WRITES - 10;

/** Makes `beginErasure`. */
export function createBeginErasure(
  deps: StoreDeps & { readonly cipher: Cipher; readonly bells: Bells<'erasures'> },
): BeginErasure {
  const { client, clock, newId, bells } = deps;
  const installation = createInstallation(deps);
  const findPerson = createFindPerson(deps);
  const { hidePerson } = createHidePerson(deps);
  const marks = createErasedPeople(deps);
  const erasures = createErasures(deps);
  const channels = createChannels(deps);
  const audit = createAudit(deps);
  const tasks = createTasks(deps);
  const items = createEraseItems(deps);
  const chatsOf = createChatsOf(deps);
  const keepGrown = createKeepGrown(deps);

  /** The facts of the person's chats from that time on, by chat. */
  async function newestOf(account: string, person: Person, since: number): Promise<Map<string, ChatItem[]>> {
    const newest = new Map<string, ChatItem[]>();
    for (const chat of await chatsOf(account, person)) {
      const close: ChatItem[] = [];
      for await (const page of items.factsOf(chat)) {
        const ofPage = page.filter(({ key }) => key >= beginOfTime(since));
        close.push(...ofPage);
        if (ofPage.length < page.length) break;
      }
      if (close.length > 0) newest.set(chat, close);
    }
    return newest;
  }

  async function begin(
    { account, actor }: ErasureAsker,
    person: Person,
    secret: InstallationSecret,
    known: readonly ErasedPerson[],
  ): Promise<string | undefined> {
    const [id, askedAt] = [newId(), clock.now()];
    const channelIds = await channels.idsOf(account);
    await marks.announce(account, channelIds, askedAt);
    const since = askedAt - CLOSE_MS;
    const newest = await newestOf(account, person, since);
    // By this time it is decided who looks for marks, so nothing that has one may be of a later time.
    const last = Math.max(...[...newest.values()].flat().map(({ key }) => timeOfKey(key)));
    if (last > askedAt) await marks.announce(account, channelIds, last);
    // The rounds count from here: from now on, nobody who reads a channel anew misses the marks.
    const at = clock.now();
    const said = [...newest].flatMap(([chat, facts]) => facts.map(({ key }) => erasedFact(secret, chat, key)));
    const about = { erasureId: id, since, also: said.slice(0, MOST_CLOSE) };
    const all = person.addresses.map((key): ErasedPerson => ({ name: erasedName(secret, key), ...about }));
    const task: EraseTask = {
      kind: 'erase',
      account,
      id,
      at,
      person: { addresses: [...person.addresses], contacts: [...person.contacts], chats: [...person.chats] },
      since,
      round: 0,
      step: 0,
      files: [...newest.values()].flat().flatMap(({ files }) => files.map((file) => ({ file }))),
      erased: {
        ...NOTHING_ERASED,
        chats: person.chats.length,
        contacts: person.contacts.length,
        messages: said.length,
      },
    };
    const marking = all.map((mark) =>
      marks.marking(
        mark,
        known.find(({ name }) => name === mark.name),
      ),
    );
    const put = tasks.write(task, REQUEST_MS);
    const begun = await transact(client, [
      put,
      ...erasures.begin(account, { id, kind: 'person', requestedAt: at }),
      audit.write(account, { actor, act: 'person-erased', subject: id }),
      ...marking.slice(0, MOST_MARKS),
    ]);
    if (!begun) return undefined;
    for (const write of marking.slice(MOST_MARKS)) await transact(client, [write]);
    for (const [chat, facts] of newest) {
      await items.remove(
        chat,
        facts.map(({ key }) => key),
      );
    }
    const { l: name, stamp } = put.Put.Item;
    let kept = task;
    await hidePerson(account, person, since, async (grown) => {
      kept = await keepGrown({ name, stamp }, kept, grown);
    });
    await tasks.goOn({ name, stamp }, { ...kept, step: 1 }, 0);
    await bells.ring('erasures', name);
    return id;
  }

  return async function beginErasure(asker, chatType, chatId) {
    const secret = await installation.secret();
    if (!secret) return 'starting';
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const { isKnown, ...person } = await findPerson(asker.account, chatType, chatId);
      const known = await marks.getAll(person.addresses.map((key) => erasedName(secret, key)));
      for (const erasureId of new Set(known.map((mark) => mark.erasureId))) {
        const erasure = await erasures.get(asker.account, erasureId);
        if (erasure && erasure.doneAt === undefined) return { erasureId };
      }
      if (!isKnown) return 'unknown';
      const erasureId = await begin(asker, person, secret, known);
      if (erasureId !== undefined) return { erasureId };
    }
    throw new ContentionError('A person');
  };
}
