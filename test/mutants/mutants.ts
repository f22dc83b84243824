import type { About } from '../scheduler/play.ts';

/** One way to break the code, which has to be noticed: in `file`, `find` (which stands there once) becomes `replace`. */
export interface Mutant {
  readonly name: string;
  /** Which histories notice it; those of chats if it is left out. */
  readonly about?: About;
  /** What notices it, if no history does: the compiler, or a test file. */
  readonly noticedBy?: 'types' | `test/${string}`;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** Every fault that the design was proved against. */
export const mutants: readonly Mutant[] = [
  {
    name: 'facts read before the chat',
    file: 'src/flows/fold.ts',
    find: `      const row = await chats.load(chatKey);
      const before = row && isChat(row) && newsFrom !== FIRST_KEY ? row.chat : undefined;
      const read = await readWindow(chatKey, before, newsFrom);`,
    replace: `      const early = await chats.load(chatKey);
      const window = early && isChat(early) ? early.chat : undefined;
      const read = await readWindow(chatKey, window, newsFrom);
      const row = await chats.load(chatKey);
      const before = row && isChat(row) && newsFrom !== FIRST_KEY ? row.chat : undefined;`,
  },
  {
    name: 'no version condition',
    file: 'src/store/chats/chats.ts',
    find: `setting({ ...attributes, ver: loaded + 1 }, ifStill('ver', loaded))`,
    replace: `setting({ ...attributes, ver: loaded + 1 }, {
      ConditionExpression: 'attribute_exists(c) OR attribute_not_exists(c)',
    })`,
  },
  {
    name: 'eventually consistent query',
    file: 'src/store/chats/facts.ts',
    find: `ExpressionAttributeValues: { ':chat': chatKey, ':from': from, ':upTo': upTo },
      ConsistentRead: true,`,
    replace: `ExpressionAttributeValues: { ':chat': chatKey, ':from': from, ':upTo': upTo },`,
  },
  {
    name: 'token with the newest key only',
    file: 'src/domain/seen.ts',
    find: `return message.storedAt <= seen.at || seen.ids.includes(shortHash(message.key));`,
    replace: `return true;`,
  },
  {
    name: 'no ten seconds',
    file: 'src/domain/seen.ts',
    find: `const IN_FLIGHT_MS = 10_000;`,
    replace: `const IN_FLIGHT_MS = 0;`,
  },
  {
    name: 'a refusal that does not widen the window',
    file: 'src/domain/chat.ts',
    find: `if (fact.kind === 'reply' && fact.refused !== undefined) return fact.covers?.from;`,
    replace: `if (fact.kind === 'reply' && fact.refused !== undefined) return undefined;`,
  },
  {
    name: 'two refused replies in a row',
    file: 'src/flows/fold.ts',
    find: `for (const { key, from } of answersToLower(read.facts)) await stored.lowerFrom(chatKey, key, from);`,
    replace: `answersToLower(read.facts);`,
  },
  {
    name: 'a late failure of an older attempt',
    file: 'src/store/chats/attempts.ts',
    find: `                ConditionExpression: 'attempt = :attempt',
                ExpressionAttributeValues: { ':attempt': attempt, ':now': now },`,
    replace: `                ConditionExpression: 'attempt >= :attempt',
                ExpressionAttributeValues: { ':attempt': attempt, ':now': now },`,
  },
  {
    name: "a list row's token without low",
    file: 'src/api/present-chat.ts',
    find: `seenUpTo: writeSeenUpTo(key, seen),`,
    replace: `seenUpTo: writeSeenUpTo(key, { ...seen, low: '0' }),`,
  },
  {
    name: 'a failed chat without its least key',
    file: 'functions/fold-chat/handler.ts',
    find: `writeFailedChat({ chatKey, newsFrom })`,
    replace: `writeFailedChat({ chatKey, newsFrom: ':' })`,
  },
  {
    name: 'a flood never read whole',
    file: 'src/flows/fold.ts',
    find: `if (!facts.some(isAnswer)) return`,
    replace: `if (!facts.some(isAnswer) || true) return`,
  },
  {
    name: 'a lease without a token',
    file: 'src/store/outbox/lanes.ts',
    find: `'SET leaseUntil = :until REMOVE again', HOLDS_LEASE,`,
    replace: `'SET leaseUntil = :until REMOVE again', 'attribute_exists(l) OR #token = :token',`,
  },
  {
    name: 'again forgotten',
    file: 'src/store/outbox/lanes.ts',
    find: `ConditionExpression: \`\${HOLDS_LEASE} AND \${NOBODY_ASKED}\`,`,
    replace: `ConditionExpression: HOLDS_LEASE,`,
  },
  {
    name: 'duplicate counted',
    file: 'functions/receive-message/handler.ts',
    find: `const key = factKey(item.time ?? clock.now(), item.providerId);`,
    replace: `const key = factKey(clock.now(), item.providerId);`,
  },
  {
    name: 'a duplicate that is stored again',
    file: 'src/store/chats/facts.ts',
    find: `return { TableName: table, Item, ConditionExpression: IS_NEW };`,
    replace: `return { TableName: table, Item };`,
  },
  {
    name: 'acknowledged before stored',
    file: 'functions/receive-message/handler.ts',
    find: `const items = await Promise.all(wanted.map((item) => store(deps, channel, item)));`,
    replace: `const items = void Promise.allSettled(wanted.map((item) => store(deps, channel, item)));`,
  },
  {
    name: 'a chat that enters the unanswered behind a reader',
    file: 'src/domain/list.ts',
    find: `return places.unanswered !== undefined && (places.placedAt ?? 0) <= begunAt - INDEX_LAG_MS;`,
    replace: `return places.unanswered !== undefined;`,
  },
  {
    name: 'an edit on the fact',
    file: 'src/store/chats/outcomes.ts',
    find: `changeItem(chatKey, outcomeKey(providerId), \`SET`,
    replace: `changeItem(chatKey, \`\${String(latest.at).padStart(13, '0')}#\${providerId}\`, \`SET`,
  },
  {
    name: 'an echo that covers what was stored before it',
    file: 'src/domain/chat.ts',
    find: `return timeOfKey(message.key) < Math.min(timeOfKey(answer.key), answer.storedAt + ECHO_SKEW_MS);`,
    replace: `return message.storedAt < answer.storedAt;`,
  },
  {
    name: 'unauthorized does not stop',
    file: 'src/flows/reply-destination.ts',
    find: `if (state === 'unauthorized') return closed('CHANNEL_UNAUTHORIZED');`,
    replace: ``,
  },
  {
    name: 'a late refusal of the credentials before',
    file: 'src/store/accounts/channels.ts',
    find: `UpdateExpression: 'SET refusedVersion = :version',
        ConditionExpression:
          'attribute_exists(p) AND (credentialsVersion = :version OR attribute_not_exists(credentialsVersion))',`,
    replace: `UpdateExpression: 'SET refusedVersion = credentialsVersion',
        ConditionExpression: 'attribute_exists(p) OR credentialsVersion = :version',`,
  },
  {
    name: 'a reply that is lost with its credentials',
    file: 'src/flows/reply-destination.ts',
    find: `return (await channels.refuseCredentials(channel)) ? { kind: 'refused', code, description } : { kind: 'again' };`,
    replace: `await channels.refuseCredentials(channel);
        return { kind: 'taken' };`,
  },
  {
    name: 'a revoked connection that carries replies',
    file: 'src/flows/reply-destination.ts',
    find: `if (connection?.state === 'revoked') return closed('CONNECTION_REVOKED');`,
    replace: ``,
  },
  {
    name: 'a connection that its owner has replaced',
    file: 'src/flows/reply-destination.ts',
    find: `via: connection?.connectionId ?? via };`,
    replace: `via };`,
  },
  {
    name: 'an older connection update wins',
    file: 'src/store/accounts/connections.ts',
    find: `const SAID_LATER = '(madeAt = :madeAt AND (#sequence < :sequence OR storedAt < :longAgo))';`,
    replace: `const SAID_LATER = '(madeAt = :madeAt AND (#sequence < :sequence OR storedAt > :longAgo))';`,
  },
  {
    name: 'a roster that starts the order again',
    about: 'rotation',
    file: 'src/domain/rotation.ts',
    find: `  return { at: next, order: [...staying, ...coming], passedOver };`,
    replace: `  return { at: next, order: staying.length < 0 ? coming : eligible, passedOver };`,
  },
  {
    name: 'the newcomer first',
    about: 'rotation',
    file: 'src/domain/rotation.ts',
    find: `order: [...staying, ...coming]`,
    replace: `order: [...coming, ...staying]`,
  },
  {
    name: 'a turn read before it is written',
    about: 'rotation',
    file: 'src/store/clients/dispensers.ts',
    find: `        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName: table,
            Key: keyOf(channelId),
            UpdateExpression: 'SET #claim = n, n = n + :one',
            ConditionExpression: 'attribute_not_exists(#claim) AND attribute_exists(r[0].o[0])',`,
    replace: `        const early = drawnBy(await load(channelId), name);
        if (early.outcome === 'drawn') return early;
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName: table,
            Key: keyOf(channelId),
            UpdateExpression: 'SET #claim = n, n = n + :one',
            ConditionExpression: 'attribute_exists(r[0].o[0])',`,
  },
  {
    name: 'a roster that overlooks who came meanwhile',
    about: 'rotation',
    file: 'src/store/clients/dispensers.ts',
    find: `'n = :next AND ver = :loaded'`,
    replace: `'(n = :next OR n > :one) AND ver = :loaded'`,
  },
  {
    name: 'a removal that does not raise the version',
    about: 'rotation',
    file: 'src/store/clients/dispensers.ts',
    find: `[name, nameOf(addressKeys[index] ?? '')]),
        ),
        ExpressionAttributeValues: { ':one': 1 },`,
    replace: `[name, nameOf(addressKeys[index] ?? '')]),
        ),
        ExpressionAttributeValues: { ':one': 0 },`,
  },
  {
    name: 'a claim forgotten at once',
    about: 'rotation',
    file: 'src/store/clients/dispensers.ts',
    find: `const UNDER_WAY_MS = 10_000;`,
    replace: `const UNDER_WAY_MS = -10_000;`,
  },
  {
    name: 'a claim forgotten by its age',
    about: 'rotation',
    file: 'src/store/clients/dispensers.ts',
    find: `filter((_, index) => !isUnowned(known[index]!))`,
    replace: `filter((_, index) => !isUnowned(known[index]!) || true)`,
  },
  {
    name: 'a roster that claims still need is dropped',
    about: 'rotation',
    file: 'src/domain/rotation.ts',
    find: `index === 0 || used.has(roster)`,
    replace: `index === 0 || (used.has(roster) && index === 1)`,
  },
  {
    name: 'a dispenser for each chat',
    about: 'clients',
    file: 'src/store/clients/addresses.ts',
    find: `', dispenser = if_not_exists(dispenser, :dispenser)'`,
    replace: `', dispenser = :dispenser'`,
  },
  {
    name: 'the claim keyed by chat',
    about: 'clients',
    file: 'src/flows/give-out.ts',
    find: `      const claim = await dispensers.claim(channelId, address.key, deadline);
      if`,
    replace: `      const claim = await dispensers.claim(channelId, \`\${address.key}#\${chatKey}\`, deadline);
      if`,
  },
  {
    name: 'a client of two channels who draws in each',
    about: 'clients',
    file: 'src/flows/give-out.ts',
    find: `|| address.dispenser !== channelId) return address;`,
    replace: `) return address;`,
  },
  {
    name: 'the drain started before the roster is written',
    about: 'clients',
    file: 'functions/do-tasks/handler.ts',
    find: `  await deps.followSettings(channelId);
  const left = await placeAndDrain(deps, task, until);`,
    replace: `  const { drainPool } = deps;
  if (round === 1) await drainPool(channelId, since, until);
  await deps.followSettings(channelId);
  const left = await placeAndDrain({ ...deps, drainPool: async () => true }, task, until);`,
  },
  {
    name: 'a drain in the order of the newest',
    about: 'clients',
    file: 'src/flows/drain-pool.ts',
    find: `      for (const { key } of page) {`,
    replace: `      for (const { key } of page.toReversed()) {`,
  },
  {
    name: 'a client of two channels who waits for the first',
    about: 'clients',
    file: 'src/flows/assign.ts',
    find: `    if (decided === 'nobody') without.add(channelId);`,
    replace: `    if (decided === 'nobody') return { address };`,
  },
  {
    name: 'a failed assignment that nobody rings',
    about: 'clients',
    file: 'functions/assign-contact/handler.ts',
    find: `      await bells.ring('tasks', taskName(task), SOON_MS);`,
    replace: `      taskName(task);`,
  },
  {
    name: 'a failed task that is kept quiet',
    about: 'clients',
    file: 'functions/do-tasks/handler.ts',
    find: `    throw error;`,
    replace: ``,
  },
  {
    name: 'a task that comes back after its minute',
    about: 'clients',
    file: 'lib/listeners.ts',
    find: `tasks: { delaySeconds: 0, comesBackAfterSeconds: 40,`,
    replace: `tasks: { delaySeconds: 0, comesBackAfterSeconds: 120,`,
  },
  {
    name: 'a failed chat that comes back after its minute',
    about: 'clients',
    file: 'lib/listeners.ts',
    find: `    delaySeconds: 15,
    comesBackAfterSeconds: 40,`,
    replace: `    delaySeconds: 15,
    comesBackAfterSeconds: 300,`,
  },
  {
    name: 'whoever was answered in the pool is never told of again',
    about: 'clients',
    file: 'src/flows/fold.ts',
    find: `(known.reported && known.reportedUpTo === undefined)`,
    replace: `known.reported`,
  },
  {
    name: 'a decision that the CRM overtakes before its record',
    about: 'clients',
    file: 'src/flows/sight/commit.ts',
    find: `if (next.contact && !address.contact) await explain(address, next.contact.id);`,
    replace: `const own = change.contacts.some(({ after }) => after.own);
      if (next.contact && !address.contact && own) await explain(address, next.contact.id);`,
  },
  {
    name: 'the reply stored before the claim',
    about: 'clients',
    file: 'functions/record-reply/handler.ts',
    find: `      const taken = await admission?.takeClient();`,
    replace: `      await store(deps, actor, key, fact, message.crmMessageId);
      const taken = await admission?.takeClient();`,
  },
  {
    name: 'whoever loses against themself',
    about: 'clients',
    file: 'src/flows/take-client.ts',
    find: `winner !== undefined && winner !== userId ?`,
    replace: `winner !== undefined ?`,
  },
  {
    name: 'a first reply that the CRM overtook',
    about: 'clients',
    file: 'src/store/clients/addresses.ts',
    find: `'attribute_not_exists(contact) AND attribute_not_exists(#owner)',`,
    replace: `'(attribute_not_exists(contact) OR attribute_exists(contact)) AND attribute_not_exists(#owner)',`,
  },
  {
    name: 'two owners',
    about: 'clients',
    file: 'src/store/clients/addresses.ts',
    find: `'attribute_not_exists(contact) AND attribute_not_exists(#owner)',`,
    replace: `'attribute_not_exists(contact) AND (attribute_not_exists(#owner) OR attribute_exists(#owner))',`,
  },
  {
    name: 'a deletion without gen',
    about: 'clients',
    file: 'src/store/clients/addresses.ts',
    find: `      gen: generation + 1,
`,
    replace: ``,
  },

  // Who sees what.
  {
    name: 'a contact read before its chat is added',
    about: 'sight',
    file: 'src/flows/fold.ts',
    find: '    const addChat = () => addresses.addChat(key, chatKey, wrote ? { dispenser } : undefined);',
    replace: `    const early = await addresses.get(key);
    const addChat = async () => {
      await addresses.addChat(key, chatKey, wrote ? { dispenser } : undefined);
      return early;
    };`,
  },
  {
    name: 'a put that overwrites newer sight',
    about: 'sight',
    file: 'src/store/chats/chats.ts',
    find: `{ ...attributes, ver: loaded + 1 }, ifStill('ver', loaded))`,
    replace: `
      { ...attributes, ver: loaded + 1 },
      loaded === 0 ? { ConditionExpression: 'attribute_exists(c) OR attribute_not_exists(c)' } : ifStill('ver', loaded),
    )`,
  },
  {
    name: 'rows of a list not judged again',
    about: 'sight',
    file: 'src/flows/lists.ts',
    find: `const seen = rows.filter((row) => sightOf(actor, row, byId.get(row.channelId) ?? NO_SETTINGS) !== 'nothing');`,
    replace: 'const seen = rows;',
  },
  {
    name: 'rows of a list read from an older state',
    about: 'sight',
    file: 'src/store/dynamo/batch-get.ts',
    find: '{ Keys, ConsistentRead: true }',
    replace: '{ Keys }',
  },
  {
    name: 'a contact whose version is not raised',
    about: 'sight',
    file: 'src/store/directory/contacts.ts',
    find: '{ card, deals, unsettled, own, ver: newId() }',
    replace: '{ card, deals, unsettled, own, ver: version ?? newId() }',
  },
  {
    name: 'a contact that comes back with the version that it had',
    about: 'sight',
    file: 'src/store/directory/contacts.ts',
    find: '{ card, deals, unsettled, own, ver: newId() }',
    replace: '{ card, deals, unsettled, own, ver: version ? newId() : "1" }',
  },
  {
    name: 'an address whose version is not raised',
    about: 'sight',
    file: 'src/store/clients/addresses.ts',
    find: '{ viewers, contact, owner, av: version + 1, ...decided, ...forgotten }',
    replace: '{ viewers, contact, owner, av: Math.max(version, 1), ...decided, ...forgotten }',
  },
  {
    name: 'an empty list of viewers removed',
    about: 'sight',
    file: 'src/store/clients/addresses.ts',
    find: '{ viewers, contact, owner, av: version + 1, ...decided, ...forgotten }',
    replace: '{ viewers: viewers[0] && viewers, contact, owner, av: version + 1, ...decided, ...forgotten }',
  },
  {
    name: 'a second transaction that does not check the first',
    about: 'sight',
    file: 'src/flows/sight/commit.ts',
    find: `    const unchanged = addresses.unchanged(address);
    let batch`,
    replace: `    const { ConditionCheck } = addresses.unchanged(address);
    const ConditionExpression = 'attribute_exists(av)';
    const unchanged = {
      ConditionCheck: { ...ConditionCheck, ConditionExpression, ExpressionAttributeValues: undefined },
    } as Write;
    let batch`,
  },
  {
    name: 'a 2xx before all chats have followed',
    about: 'sight',
    file: 'src/flows/sight/commit.ts',
    find: `    for (const { before } of noted) await settle(before.account, before.id);
`,
    replace: '',
  },
  {
    name: 'roles whose chats stay where they were',
    about: 'sight',
    file: 'src/flows/change-settings.ts',
    find: 'return transact(client, [settings.write(next), follow, ...checks]);',
    replace: 'return transact(client, [settings.write(next), ...checks]);',
  },

  // Nothing that is stored can be forgotten silently.
  {
    name: 'a part of a message that is not stored',
    noticedBy: 'types',
    file: 'src/domain/message.ts',
    find: `  readonly referral?: string;`,
    replace: `  readonly referral?: string;
  readonly invoice?: string;`,
  },
  {
    name: 'a part of a message that is stored and belongs to no type',
    noticedBy: 'types',
    file: 'src/store/chats/fact-item.ts',
    find: `    referral: optionalText,`,
    replace: `    referral: optionalText,
    invoice: optionalText,`,
  },
  {
    name: 'a field of a chat that is not stored',
    noticedBy: 'types',
    file: 'src/domain/chat.ts',
    find: `  readonly unansweredCount: number;
  /** The time of the newest message`,
    replace: `  readonly unansweredCount: number;
  readonly firstMessageAt?: number;
  /** The time of the newest message`,
  },
  {
    name: 'what the store knows of a chat, left out of its save',
    noticedBy: 'types',
    file: 'src/store/chats/chat-row.ts',
    find: `  readonly scope: string;`,
    replace: `  readonly scope: string;
  readonly pinned?: boolean;`,
  },
  {
    name: 'what the store knows of a contact, left out of its save',
    noticedBy: 'types',
    file: 'src/store/directory/contacts.ts',
    find: `    const { card, deals, unsettled, own, ...rest } = stateOf(after);`,
    replace: `    const { card, deals, unsettled, ...rest } = stateOf(after);
    const own = undefined;`,
  },
  {
    name: 'what became of a message, taken as it is',
    noticedBy: 'test/store/outcomes.test.ts',
    file: 'src/store/chats/outcome-item.ts',
    find: `  return parsed.data;`,
    replace: `  return item as Outcome;`,
  },
  {
    name: 'a setting that is chosen and not stored',
    noticedBy: 'types',
    file: 'src/domain/settings.ts',
    find: `export interface ChannelSettings {`,
    replace: `export interface ChannelSettings {
  readonly greeting?: string;`,
  },
  {
    name: 'a setting that can be chosen and has no place in the store',
    noticedBy: 'types',
    file: 'src/domain/settings.ts',
    find: `  readonly stageId?: string;`,
    replace: `  readonly stageId?: string;
  readonly greeting?: string;`,
  },
  {
    name: 'a setting that a push of users erases',
    noticedBy: 'test/flows/change-settings.test.ts',
    file: 'src/store/accounts/channel-settings.ts',
    find: `  return { ...before, roles, hadRoles: hadRoles(before) || roles.length > 0 };`,
    replace: `  const { pipelineId: _, ...kept } = before;
  return { ...kept, roles, hadRoles: hadRoles(before) || roles.length > 0 };`,
  },
  {
    name: 'an answer that shows every part of a message',
    noticedBy: 'test/api/presenters.test.ts',
    file: 'src/api/present-message.ts',
    find: `    location: location && presentLocation(location),`,
    replace: `    ...(content as object),
    location: location && presentLocation(location),`,
  },

  // What a function is built from cannot be left out, nor done without a grant.
  {
    name: 'a function without a part that it is built from',
    noticedBy: 'types',
    file: 'functions/sync-directory/deps.ts',
    find: `    contactChanges: createContactChanges(given),
`,
    replace: ``,
  },
  {
    name: 'a function that is not told of its queue',
    noticedBy: 'types',
    file: 'functions/sync-directory/index.ts',
    find: `bells: createBells('tasks')`,
    replace: `bells: createBells('lanes')`,
  },
  {
    name: 'a function without a grant that it needs',
    noticedBy: 'test/functions/changes.test.ts',
    file: 'lib/functions.ts',
    find: `      dispensers: ['GetItem', 'UpdateItem'],
      directory: [...follows.directory, 'BatchGetItem', 'Query'],`,
    replace: `      directory: [...follows.directory, 'BatchGetItem', 'Query'],`,
  },
];
