import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addressKey } from '#domain/address';
import { type Fact, factKey } from '#domain/fact';
import type { PersonId } from '#domain/message';
import { createLinkId } from '#flows/identity/link';
import { createLinkIds } from '#flows/identity/link-ids';
import { deskOf } from '#test/functions/company';
import { createWorld, START, type World } from '#test/world';

const toId = (chatId: string) => ({ chatType: 'whatsapp', chatId });
const [PHONE, NEXT, USER, PARENT, HEIR, HEIRS_PARENT] = [
  '491510001',
  '491510002',
  'DE.1',
  'DE.ENT.1',
  'DE.2',
  'DE.ENT.2',
].map(toId) as [PersonId, PersonId, PersonId, PersonId, PersonId, PersonId];
const ALL = [PHONE, NEXT, USER, PARENT, HEIR, HEIRS_PARENT];
const CHAT = `channel-1#whatsapp#${PHONE.chatId}`;

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

const account = () => world.account.accountId;
const keyOf = ({ chatType, chatId }: PersonId) => addressKey(account(), chatType, chatId);
const rootOf = async (id: PersonId) => (await world.store.addresses.get(keyOf(id))).key;

function said(ids: readonly PersonId[], became: readonly PersonId[] = []): Fact {
  const fact = { kind: 'client', key: factKey(START, 'm1'), storedAt: START, opens: true, author: {} } as const;
  return { ...fact, content: { type: 'text', text: 'x' }, ids, became } as Fact;
}

/** Makes all ids one person's, with that one as the root, who is a contact's. The chat is theirs. */
async function makeOne(root: PersonId): Promise<void> {
  const contactData = [{ chatType: root.chatType, chatId: root.chatId }];
  await deskOf(world).push('contacts', { id: '1', name: 'Known', responsibleUserId: '7', contactData });
  const { linkId } = createLinkId(world.deps);
  const chat = { account: account(), key: `channel-2#whatsapp#${root.chatId}` };
  for (const id of ALL) if (id !== root) await linkId(chat, { ...id, at: START, became: true });
  await world.store.addresses.addChat(keyOf(PHONE), CHAT, {});
}

/** Everything that stands of people and of whose chats are. */
const standing = () => structuredClone([world.db.items('addresses'), world.db.items('chats')]);

describe('who is somebody else leaves for good, whichever id everything hung on (D1)', () => {
  const roots = ALL.map((root) => [root.chatId, root] as const);

  test.each(roots)('%s: a fold that begins again changes nothing more', async (_name, root) => {
    await makeOne(root);
    const linkIds = createLinkIds(world.deps, async () => undefined);
    const known = [USER, PARENT].map((id) => ({ ...id, at: START - 1 }));
    const again = () => linkIds({ account: account(), key: CHAT }, known, [said([PHONE, HEIR, HEIRS_PARENT], [NEXT])]);
    const ids = await again();
    const before = standing();

    expect(await again()).toEqual(ids);

    expect(standing()).toEqual(before);
    const heirs = await rootOf(PHONE);
    expect(await Promise.all([HEIR, HEIRS_PARENT, NEXT].map(rootOf))).toEqual([heirs, heirs, heirs]);
    expect(await rootOf(USER)).not.toBe(heirs);
    expect(await rootOf(PARENT)).not.toBe(heirs);
  });
});
