import { erasedName } from '#flows/erased/names';
import type { Cipher } from '#store/accounts/cipher';
import { createErasedPeople } from '#store/accounts/erased-people';
import { createInstallation } from '#store/accounts/installation';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks, RUN_MS, type TakenTask } from '#store/outbox/tasks';
import type { Person } from './find-person.ts';
import type { EraseTask } from './steps.ts';

/** Keeps what more is known of a person who is being erased, before it is taken away. Answers with the task as it then is. */
export type KeepGrown = (
  taken: Pick<TakenTask, 'name' | 'stamp'>,
  task: EraseTask,
  person: Person,
) => Promise<EraseTask>;

/** Makes `keepGrown`. Further ids of the person get the same mark. */
export function createKeepGrown(deps: StoreDeps & { readonly cipher: Cipher }): KeepGrown {
  const installation = createInstallation(deps);
  const marks = createErasedPeople(deps);
  const tasks = createTasks(deps);

  return async function keepGrown(taken, task, { addresses, contacts, chats }) {
    const grown = { ...task, person: { addresses: [...addresses], contacts: [...contacts], chats: [...chats] } };
    await tasks.goOn(taken, grown, RUN_MS);
    const secret = await installation.secret();
    const [first = ''] = task.person.addresses;
    const mark = secret && (await marks.get(erasedName(secret, first)));
    if (!mark) return grown;
    for (const key of addresses.filter((one) => !task.person.addresses.includes(one))) {
      await marks.put({ ...mark, name: erasedName(secret, key) });
    }
    return grown;
  };
}
