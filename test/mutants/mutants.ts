import type { About } from '../scheduler/play.ts';

/** One way to break the code, which has to be noticed. `find`, which stands once in `file`, becomes `replace`. */
export interface Mutant {
  readonly name: string;
  /** The histories that notice it. Without this, those of chats. */
  readonly about?: About;
  /** The compiler or a test file that notices it, if no history does. */
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
    find: `      const found = await read(chatKey, before, before ? newsFrom : (imported ?? newsFrom));
      if (found.facts.length === 0 && !before) return undefined;`,
    replace: `      const found = await read(chatKey, before, before ? newsFrom : (imported ?? newsFrom));
      if (found.facts.length === 0 && !before) return undefined;
      const late = await chats.load(chatKey);
      if (row && late) Object.assign(row, { version: late.version });`,
  },
  {
    name: 'a save without a version condition',
    file: 'src/store/chats/chats.ts',
    find: `setting({ ...attributes, ver: loaded + 1 }, ifStill('ver', loaded))`,
    replace: `setting({ ...attributes, ver: loaded + 1 }, {
      ConditionExpression: 'attribute_exists(c) OR attribute_not_exists(c)',
    })`,
  },
  {
    name: 'an eventually consistent query of facts',
    file: 'src/store/chats/facts.ts',
    find: `ExpressionAttributeValues: { ':chat': chatKey, ':from': from, ':upTo': upTo },
      ConsistentRead: true,`,
    replace: `ExpressionAttributeValues: { ':chat': chatKey, ':from': from, ':upTo': upTo },`,
  },
  {
    name: 'a token with the newest key only',
    file: 'src/domain/seen.ts',
    find: `return message.storedAt <= seen.at || seen.ids.includes(shortHash(message.key));`,
    replace: `return true;`,
  },
  {
    name: 'a token that trusts the last ten seconds',
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
    name: 'an answer that does not lower from where it covers',
    file: 'src/flows/fold.ts',
    find: `for (const lower of answersToLower(found.facts)) await stored.lowerFrom(chatKey, lower);`,
    replace: `answersToLower(found.facts);`,
  },
  {
    name: 'a late refusal that overrules what was sent',
    noticedBy: 'test/store/outcomes.test.ts',
    file: 'src/store/chats/attempts.ts',
    find: `        ConditionExpression: IS_FIRST,`,
    replace: `        ConditionExpression: 'attribute_exists(k) OR attribute_not_exists(k)',`,
  },
  {
    name: 'an event whose place follows from the clock of its publisher',
    noticedBy: 'test/functions/publish-events.test.ts',
    file: 'src/flows/add-events.ts',
    find: `ofChats.flat().map((placed) => [eventKey(placed), placed])`,
    replace: `ofChats.flat().map((placed) => [eventKey({ ...placed, order: Date.now() }), placed])`,
  },
  {
    name: 'a repeated batch that publishes again',
    noticedBy: 'test/functions/publish-events.test.ts',
    file: 'src/store/outbox/rows.ts',
    find: `ConditionExpression: 'attribute_not_exists(e)' };`,
    replace: `ConditionExpression: 'attribute_not_exists(e) OR attribute_exists(e)' };`,
  },
  {
    name: 'what is told of one person put all at once',
    noticedBy: 'test/functions/publish-events.test.ts',
    file: 'src/flows/add-events.ts',
    find: `if ((await rows.add({ kind: 'event', ...event, ...place })) !== 'ended') waiting.push(key);`,
    replace: `void rows.add({ kind: 'event', ...event, ...place }).then(() => waiting.push(key));`,
  },
  {
    name: 'a batch that is not announced again after its announcement failed',
    noticedBy: 'test/functions/publish-events.test.ts',
    file: 'src/flows/add-events.ts',
    find: `!== 'ended') waiting.push(key);`,
    replace: `=== 'added') waiting.push(key);`,
  },
  {
    name: 'an edit that came before its message, and is never told',
    noticedBy: 'test/functions/publish-events.test.ts',
    file: 'src/flows/add-events.ts',
    find: `...eventsOfOutcome(chat, fact, became.get(idOfKey(key)) ?? {})];`,
    replace: `];`,
  },
  {
    name: 'a status told anew when it is recorded again',
    noticedBy: 'test/store/outcomes.test.ts',
    file: 'src/store/chats/attempts.ts',
    find: `(attempt = :attempt AND NOT #status = :sent AND attribute_not_exists(sentAt))`,
    replace: `(attempt = :attempt AND attribute_not_exists(sentAt))`,
  },
  {
    name: 'a deletion told anew whenever it is heard of',
    noticedBy: 'test/store/outcomes.test.ts',
    file: 'src/store/chats/outcomes.ts',
    find: `const isFirst = 'attribute_not_exists(deletedAt)';`,
    replace: `const isFirst = 'attribute_not_exists(deletedAt) OR attribute_exists(deletedAt)';`,
  },
  {
    name: 'an edit that sorts before its message',
    noticedBy: 'test/domain/event.test.ts',
    file: 'src/domain/event.ts',
    find: `Math.max(at, fact.storedAt + 1)`,
    replace: `Math.max(at, fact.storedAt)`,
  },
  {
    name: 'old news told again with the newest, when their rows are gone',
    noticedBy: 'test/domain/event.test.ts',
    file: 'src/domain/event.ts',
    find: `newest - at < TOLD_WITHIN_MS`,
    replace: `newest - at < Number.POSITIVE_INFINITY`,
  },
  {
    name: 'two changes of a channel that tell of one state',
    noticedBy: 'test/functions/channel-states.test.ts',
    file: 'src/store/accounts/channel-states.ts',
    find: `const Update = { ...update, ...ifUnchanged(change, stored) };`,
    replace: `const Update = update;`,
  },
  {
    name: 'a state of a channel that is told although it did not change',
    noticedBy: 'test/functions/channel-states.test.ts',
    file: 'src/store/accounts/channel-states.ts',
    find: `const isNews = before !== state || tier !== stored.tier;`,
    replace: `const isNews = before !== '';`,
  },
  {
    name: "a list row's token without low",
    file: 'src/api/present-chat.ts',
    find: `seenUpTo: writeSeenUpTo(secret, key, seen),`,
    replace: `seenUpTo: writeSeenUpTo(secret, key, { ...seen, low: '0' }),`,
  },
  {
    name: 'a failed chat without its newsFrom',
    file: 'functions/fold-chat/handler.ts',
    find: `writeFailedChat({ chatKey, newsFrom })`,
    replace: `writeFailedChat({ chatKey, newsFrom: ':' })`,
  },
  {
    name: 'a flood never read whole',
    file: 'src/flows/read-window.ts',
    find: `if (!facts.some(isAnswer)) return`,
    replace: `if (!facts.some(isAnswer) || true) return`,
  },
  {
    name: 'a lease without a token',
    noticedBy: 'test/store/outbox/leases.test.ts',
    file: 'src/store/outbox/lanes.ts',
    find: `ConditionExpression: \`\${HOLDS_LEASE} AND \${NOTHING_OLDER}\`,`,
    replace: `ConditionExpression: \`(\${HOLDS_LEASE} OR attribute_exists(l)) AND \${NOTHING_OLDER}\`,`,
  },
  {
    name: 'a lease given back although a bell asked to look again',
    noticedBy: 'test/store/outbox/leases.test.ts',
    file: 'src/store/outbox/lanes.ts',
    find: `ConditionExpression: \`\${HOLDS_LEASE} AND \${NOBODY_ASKED}\`,`,
    replace: `ConditionExpression: HOLDS_LEASE,`,
  },
  {
    name: 'the key of a CRM that is told to another server',
    noticedBy: 'test/functions/manage-webhooks.test.ts',
    file: 'functions/manage-webhooks/handler.ts',
    find: `const kept = receiver && isSameOrigin(uri, receiver.uri) ? storedKey : undefined;`,
    replace: `const kept = storedKey;`,
  },
  {
    name: 'a dead receiver that cannot be switched off',
    noticedBy: 'test/functions/manage-webhooks.test.ts',
    file: 'functions/manage-webhooks/handler.ts',
    find: `return uri !== receiver?.uri || Object.values(subscriptions).includes(true);`,
    replace: `return true;`,
  },
  {
    name: 'a registration that another one in between takes away',
    noticedBy: 'test/store/accounts/receivers.test.ts',
    file: 'src/store/accounts/open-receivers.ts',
    find: `ConditionExpression: 'sealed = :before'`,
    replace: `ConditionExpression: 'attribute_exists(p) OR sealed = :before'`,
  },
  {
    name: 'a late 410 that ends the registration after it',
    noticedBy: 'test/store/accounts/receivers.test.ts',
    file: 'src/store/accounts/receivers.ts',
    find: `'ver = :version AND attribute_not_exists(endedAt)'`,
    replace: `'ver >= :version AND attribute_not_exists(endedAt)'`,
  },
  {
    name: 'a former secret that each new one lets sign for another day',
    noticedBy: 'test/store/accounts/receivers.test.ts',
    file: 'src/domain/signing-secret.ts',
    find: `until: one.until ?? now + SIGNS_ON_MS`,
    replace: `until: now + SIGNS_ON_MS`,
  },
  {
    name: 'a fact keyed by the time of receipt',
    file: 'functions/receive-message/store-received.ts',
    find: `key: factKey(item.time ?? clock.now(), item.providerId),`,
    replace: `key: factKey(clock.now(), item.providerId),`,
  },
  {
    name: 'a duplicate that is stored again',
    file: 'src/store/chats/facts.ts',
    find: `return { TableName: table, Item, ConditionExpression: IS_NEW };`,
    replace: `return { TableName: table, Item };`,
  },
  {
    name: 'a message acknowledged before it is stored',
    file: 'functions/receive-message/handler.ts',
    find: `      notes.push(await storeReceived(store, channel, item)),`,
    replace: `      notes.push(void storeReceived(store, channel, item).catch(() => {}) ?? {}),`,
  },
  {
    name: 'a chat that is missed when it becomes unanswered behind a reader',
    file: 'src/domain/list.ts',
    find: `return places.unanswered !== undefined && (places.placedAt ?? 0) <= begunAt - INDEX_LAG_MS;`,
    replace: `return places.unanswered !== undefined;`,
  },
  {
    name: 'an edit written on the fact',
    file: 'src/store/chats/outcomes.ts',
    find: `changeItem(chatKey, outcomeKey(providerId), set,`,
    replace: `changeItem(chatKey, \`\${String(latest.at).padStart(13, '0')}#\${providerId}\`, set,`,
  },
  {
    name: 'an echo that covers what was stored before it',
    file: 'src/domain/chat.ts',
    find: `return timeOfKey(message.key) + READING_MS <= timeOfEcho(answer);`,
    replace: `return message.storedAt < answer.storedAt;`,
  },
  {
    name: 'an unauthorized channel that goes on sending',
    file: 'src/flows/delivery/reply-destination.ts',
    find: `if (state === 'unauthorized') return closed('CHANNEL_UNAUTHORIZED');`,
    replace: ``,
  },
  {
    name: 'a late refusal of the old credentials that counts',
    file: 'src/store/accounts/channels.ts',
    find: `UpdateExpression: 'SET refusedVersion = :version',
          ConditionExpression:
            'attribute_exists(p) AND (credentialsVersion = :version OR attribute_not_exists(credentialsVersion))',`,
    replace: `UpdateExpression: 'SET refusedVersion = credentialsVersion',
          ConditionExpression: 'attribute_exists(p) OR credentialsVersion = :version',`,
  },
  {
    name: 'a reply that is lost with its credentials',
    file: 'src/flows/delivery/reply-destination.ts',
    find: `if (!(await channels.refuseCredentials(channel))) return { kind: 'again' };`,
    replace: `await channels.refuseCredentials(channel);
        if (code) return { kind: 'taken' };`,
  },
  {
    name: 'a revoked connection that carries replies',
    file: 'src/flows/delivery/reply-destination.ts',
    find: `if (connection?.state === 'revoked') return closed('CONNECTION_REVOKED');`,
    replace: ``,
  },
  {
    name: 'a reply by a connection that its owner has replaced',
    file: 'src/flows/delivery/reply-destination.ts',
    find: `via: connection?.connectionId ?? via };`,
    replace: `via };`,
  },
  {
    name: 'a chat that forgets the topic of its newest client message',
    file: 'src/domain/chat.ts',
    find: `...(via !== undefined && { via }), ...(topic !== undefined && { topic }) } };`,
    replace: `...(via !== undefined && { via }) } };`,
  },
  {
    name: 'a reply that quotes outside of the topic of what it quotes',
    noticedBy: 'test/functions/deliver-message.test.ts',
    file: 'functions/record-reply/handler.ts',
    find: `quoted ? topicOf(quoted, via) : row?.chat.client?.topic`,
    replace: `row?.chat.client?.topic`,
  },
  {
    name: 'an older connection update that wins',
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
    name: 'a roster with newcomers first',
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
    name: 'a roster that overlooks claims made meanwhile',
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
    name: 'a claim forgotten while its client is unowned',
    about: 'rotation',
    file: 'src/store/clients/dispensers.ts',
    find: `filter((_, index) => !isUnowned(known[index]!))`,
    replace: `filter((_, index) => !isUnowned(known[index]!) || true)`,
  },
  {
    name: 'a roster dropped that claims still need',
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
    name: 'a claim for each chat',
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
    name: 'a drain that starts before the roster is written',
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
    name: 'a drain that begins with the newest',
    about: 'clients',
    file: 'src/flows/drain-pool.ts',
    find: `      for (const { key } of page) {`,
    replace: `      for (const { key } of page.toReversed()) {`,
  },
  {
    name: 'a client of two channels who is given out by the first only',
    about: 'clients',
    file: 'src/flows/assign.ts',
    find: `    if (decided === 'nobody') without.add(channelId);`,
    replace: `    if (decided === 'nobody') return { address };`,
  },
  {
    name: 'a failed assignment without a bell',
    about: 'clients',
    file: 'functions/assign-contact/handler.ts',
    find: `      await bells.ring('tasks', taskName(task), SOON_MS);`,
    replace: `      taskName(task);`,
  },
  {
    name: 'a failed task that its queue does not hear of',
    about: 'clients',
    file: 'functions/do-tasks/handler.ts',
    find: `    throw error;`,
    replace: ``,
  },
  {
    name: 'a failed task that comes back after more than a minute',
    about: 'clients',
    file: 'lib/listeners.ts',
    find: `tasks: { delaySeconds: 0, comesBackAfterSeconds: 40,`,
    replace: `tasks: { delaySeconds: 0, comesBackAfterSeconds: 120,`,
  },
  {
    name: 'a failed chat that comes back after more than a minute',
    about: 'clients',
    file: 'lib/listeners.ts',
    find: `    delaySeconds: 15,
    comesBackAfterSeconds: 40,`,
    replace: `    delaySeconds: 15,
    comesBackAfterSeconds: 300,`,
  },
  {
    name: 'a client answered in the pool who is never reported again',
    about: 'clients',
    file: 'src/flows/fold.ts',
    find: `(known.reported && known.reportedUpTo === undefined)`,
    replace: `known.reported`,
  },
  {
    name: 'a decision without a record if the CRM is faster',
    about: 'clients',
    file: 'src/flows/sight/commit.ts',
    find: `if (next.contact && !address.contact) await explain(address, next.contact.id);`,
    replace: `const own = change.contacts.some(({ after }) => after.own);
      if (next.contact && !address.contact && own) await explain(address, next.contact.id);`,
  },
  {
    name: 'a first reply stored before its user is responsible',
    about: 'clients',
    file: 'functions/record-reply/handler.ts',
    find: `      const taken = await admission?.takeClient();`,
    replace: `      await store(deps, actor, key, fact, message.crmMessageId);
      const taken = await admission?.takeClient();`,
  },
  {
    name: 'a user who loses against themself',
    about: 'clients',
    file: 'src/flows/take-client.ts',
    find: `winner !== undefined && winner !== userId ?`,
    replace: `winner !== undefined ?`,
  },
  {
    name: 'a first reply that overrules the contact of a CRM',
    about: 'clients',
    file: 'src/store/clients/addresses.ts',
    find: `'attribute_not_exists(contact) AND attribute_not_exists(#owner)',`,
    replace: `'(attribute_not_exists(contact) OR attribute_exists(contact)) AND attribute_not_exists(#owner)',`,
  },
  {
    name: 'a decision that replaces an owner',
    about: 'clients',
    file: 'src/store/clients/addresses.ts',
    find: `'attribute_not_exists(contact) AND attribute_not_exists(#owner)',`,
    replace: `'attribute_not_exists(contact) AND (attribute_not_exists(#owner) OR attribute_exists(#owner))',`,
  },
  {
    name: 'a deletion that does not begin a generation',
    about: 'clients',
    file: 'src/store/clients/addresses.ts',
    find: `      gen: generation + 1,
`,
    replace: ``,
  },

  // Who sees what
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
    name: 'a save that overwrites newer sight',
    about: 'sight',
    file: 'src/store/chats/chats.ts',
    find: `{ ...attributes, ver: loaded + 1 }, ifStill('ver', loaded))`,
    replace: `
      { ...attributes, ver: loaded + 1 },
      loaded === 0 ? { ConditionExpression: 'attribute_exists(c) OR attribute_not_exists(c)' } : ifStill('ver', loaded),
    )`,
  },
  {
    name: 'rows of a list that are shown without checking sight again',
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
    find: '{ card, deals, unsettled, own, handles, ver: newId() }',
    replace: '{ card, deals, unsettled, own, handles, ver: version ?? newId() }',
  },
  {
    name: 'a contact that comes back with the version that it had',
    about: 'sight',
    file: 'src/store/directory/contacts.ts',
    find: '{ card, deals, unsettled, own, handles, ver: newId() }',
    replace: '{ card, deals, unsettled, own, handles, ver: version ? newId() : "1" }',
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
    name: 'roles saved without their task',
    about: 'sight',
    file: 'src/flows/change-settings.ts',
    find: 'return transact(client, [settings.write(next), follow, ...others]);',
    replace: 'return transact(client, [settings.write(next), ...others]);',
  },

  // What is stored cannot be forgotten silently
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
    name: 'a stored field of a chat that its save leaves out',
    noticedBy: 'types',
    file: 'src/store/chats/chat-row.ts',
    find: `  readonly scope: string;`,
    replace: `  readonly scope: string;
  readonly pinned?: boolean;`,
  },
  {
    name: 'a stored field of a contact that its save leaves out',
    noticedBy: 'types',
    file: 'src/store/directory/contacts.ts',
    find: `    const { card, deals, unsettled, own, handles, ...rest } = stateOf(after);`,
    replace: `    const { card, deals, unsettled, handles, ...rest } = stateOf(after);
    const own = undefined;`,
  },
  {
    name: 'an outcome that is read without a check',
    noticedBy: 'test/store/outcomes.test.ts',
    file: 'src/store/chats/outcome-item.ts',
    find: `  return parsed.data;`,
    replace: `  return item as Outcome;`,
  },
  {
    name: 'a setting of a channel that is not stored',
    noticedBy: 'types',
    file: 'src/domain/settings.ts',
    find: `export interface ChannelSettings {`,
    replace: `export interface ChannelSettings {
  readonly greeting?: string;`,
  },
  {
    name: 'a setting of new clients that is not stored',
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

  // A function cannot lack a part or a grant
  {
    name: 'a function that is built without one of its parts',
    noticedBy: 'types',
    file: 'functions/sync-directory/deps.ts',
    find: `    contactChanges: createContactChanges(given),
`,
    replace: ``,
  },
  {
    name: 'a function that is not given its queue',
    noticedBy: 'types',
    file: 'functions/sync-directory/index.ts',
    find: `bells: createBells('tasks')`,
    replace: `bells: createBells('lanes')`,
  },
  {
    name: 'a function without a grant that it needs',
    noticedBy: 'test/functions/changes.test.ts',
    file: 'lib/client-functions.ts',
    find: `      dispensers: ['GetItem', 'UpdateItem'],
      directory: [...follows.directory, 'BatchGetItem', 'Query'],`,
    replace: `      directory: [...follows.directory, 'BatchGetItem', 'Query'],`,
  },
  {
    name: 'a function without a queue that it sends to',
    noticedBy: 'test/functions/fold-chat.test.ts',
    file: 'lib/chat-functions.ts',
    find: "sendsTo: ['failedChats'",
    replace: "sendsTo: ['lanes'",
  },
  {
    name: 'a chat that an earlier change has not reached yet, and that is not checked',
    noticedBy: 'test/flows/sight.test.ts',
    file: 'src/flows/sight/commit.ts',
    find: 'return isBehind ? [chats.unchanged(before)] : writes;',
    replace: 'return isBehind ? [] : writes;',
  },
  {
    name: 'an edit that rings no fold',
    file: 'src/store/dynamo/stream.ts',
    find: `if (key >= END_OF_KEYS && !key.startsWith(OUTCOME_PREFIX)) return [];`,
    replace: `if (key >= END_OF_KEYS) return [];`,
  },
  {
    name: 'an edit that a chat in the making does not hear of',
    file: 'src/flows/read-window.ts',
    find: `isBesideFacts(newsFrom) ? FIRST_KEY : leastKey(newsFrom);`,
    replace: `leastKey(newsFrom);`,
  },
  {
    name: 'a fold that does not look at what became of the last message',
    file: 'src/flows/fold.ts',
    find: `changed: (last === guess ? guessed : await outcomeOf(last)) || undefined`,
    replace: `changed: undefined`,
  },
  {
    name: 'a fold that takes the news for the last message',
    file: 'src/flows/fold.ts',
    find: `(last === guess ? guessed : await outcomeOf(last))`,
    replace: `guessed`,
  },
  {
    name: 'a message that does not take the place of the line of its edit',
    file: 'src/store/chats/facts.ts',
    find: `['fromEdit', 'history'].filter(`,
    replace: `['history'].filter(`,
  },
  {
    name: 'a message that takes the place of a line with a time of its own',
    file: 'src/store/chats/facts.ts',
    find: `Number(there.storedAt), gives);`,
    replace: `clock.now(), gives);`,
  },
  {
    name: 'the line of an edit that answers',
    noticedBy: 'test/functions/row-words.test.ts',
    file: 'src/domain/chat.ts',
    find: `answer.by !== undefined || answer.fromEdit`,
    replace: `answer.by !== undefined`,
  },

  // Imports
  {
    name: 'an import that opens',
    file: 'functions/receive-message/store-received.ts',
    find: 'opens: opens && !history,',
    replace: 'opens,',
  },
  {
    name: 'an echo of an import that covers',
    noticedBy: 'test/domain/chat.test.ts',
    file: 'src/domain/chat.ts',
    find: ' || answer.fromEdit || answer.history',
    replace: ' || answer.fromEdit',
  },
  {
    name: 'an import that is a word of the team',
    file: 'src/domain/chat.ts',
    find: `fact.kind === 'no-reply-needed' || isHistory(fact) || isOwnEcho(fact)`,
    replace: `fact.kind === 'no-reply-needed' || isOwnEcho(fact)`,
  },
  {
    name: 'an import that moves a chat in which somebody wrote',
    noticedBy: 'test/domain/chat.test.ts',
    file: 'src/domain/chat.ts',
    find: 'if (isImported && before && outweighsImports(before)) {',
    replace: `if (isImported && before?.imported && before.lastKey === '') {`,
  },
  {
    name: 'an import that does not give way to what is said',
    file: 'src/domain/chat.ts',
    find: 'const older = before?.imported && !isImported ? undefined : before;',
    replace: 'const older = before;',
  },
  {
    name: 'an import that is not looked at in a chat of imports',
    file: 'src/flows/fold.ts',
    find: 'imported !== undefined && outweighsImports(before)',
    replace: 'imported !== undefined',
  },
  {
    name: 'an import that hides what else is news',
    file: 'src/store/dynamo/stream.ts',
    find: `const IMPORT_PREFIX = 'past#';`,
    replace: `const IMPORT_PREFIX = '#past#';`,
  },
  {
    name: 'a message that does not take the place of its import',
    file: 'src/store/chats/facts.ts',
    find: `['fromEdit', 'history'].filter(`,
    replace: `['fromEdit'].filter(`,
  },
  {
    name: 'an import that tells a name',
    file: 'src/domain/profile.ts',
    find: 'if (isHistory(fact)) return undefined;',
    replace: '',
  },
  {
    name: 'an import that is told',
    noticedBy: 'test/domain/event.test.ts',
    file: 'src/domain/event.ts',
    find: 'isSaid && !fact.history',
    replace: 'isSaid',
  },

  // One address for several accounts
  {
    name: 'a body that is taken for an account whose secret does not verify it',
    noticedBy: 'test/functions/receive-message-shared.test.ts',
    file: 'functions/receive-message/route-items.ts',
    find: 'return (await isVerified(deps, messenger, channel, request)) ? channel : undefined;',
    replace: 'return channel;',
  },
  {
    name: 'an account that is taken for the addressed one',
    noticedBy: 'test/functions/receive-message-shared.test.ts',
    file: 'functions/receive-message/route-items.ts',
    find: 'return account === undefined || account === identity;',
    replace: 'return account === undefined || identity !== undefined;',
  },
  {
    name: 'a report of an account that goes backwards',
    noticedBy: 'test/functions/receive-message-reports.test.ts',
    file: 'src/store/accounts/channel-states.ts',
    find: `OR #\${since} < :time)`,
    replace: `OR :time <> :value)`,
  },

  // Names, and what a machine wrote
  {
    name: 'an automatic echo that covers',
    file: 'src/domain/chat.ts',
    find: 'answer.by !== undefined || answer.fromEdit',
    replace: "answer.by === 'us' || answer.fromEdit",
  },
  {
    name: 'an automatic echo that is a word of the team',
    file: 'src/domain/chat.ts',
    find: "fact.kind !== 'echo' || fact.by !== 'automatic'",
    replace: 'true',
  },
  {
    name: 'an echo that covers the last 5 s',
    file: 'src/domain/chat.ts',
    find: 'timeOfKey(message.key) + READING_MS <= timeOfEcho(answer)',
    replace: 'timeOfKey(message.key) < timeOfEcho(answer)',
  },
  {
    name: 'an echo that does not cover what is exactly 5 s older',
    file: 'src/domain/chat.ts',
    find: 'READING_MS <= timeOfEcho(answer)',
    replace: 'READING_MS < timeOfEcho(answer)',
  },
  {
    name: 'a name that is taken away',
    file: 'src/domain/profile.ts',
    find: 'return named === otherNamed ? one.key > other.key : named;',
    replace: 'return one.key > other.key;',
  },
  {
    name: 'a name of an older message',
    file: 'src/domain/chat.ts',
    find: 'newestProfile([before?.profile, ...facts.map(profileOf)])',
    replace: 'newestProfile(facts.map(profileOf)) ?? before?.profile',
  },
  {
    name: 'a new name that leaves no task with its chat',
    about: 'clients',
    file: 'src/flows/fold.ts',
    find: 'follows ? [follows.write(task)] : []',
    replace: '[]',
  },
  {
    name: 'a request that folds a new name and leaves it at that',
    noticedBy: 'test/functions/changes.test.ts',
    file: 'src/flows/fold.ts',
    find: 'const shown = follow ? profile : known?.chat.profile;',
    replace: 'const shown = profile;',
  },
  {
    name: 'a contact that is made under a name that changed meanwhile',
    about: 'clients',
    file: 'src/flows/sight/keep-contact.ts',
    find: `        chats: rows,
`,
    replace: '',
  },
  {
    name: 'a new name for a contact that the CRM pushed',
    about: 'clients',
    file: 'src/flows/sight/follow-profile.ts',
    find: ' || before.own === undefined',
    replace: '',
  },

  // A receiver cannot take the calls of others
  {
    name: 'a slot that is taken from its holder',
    file: 'src/store/outbox/slots.ts',
    find: `!isHeldBy(lanes.get(lane as string), token, now)`,
    replace: `now > 0 || !isHeldBy(lanes.get(lane as string), token, now)`,
  },
  {
    name: 'a slot that is never free again',
    noticedBy: 'test/functions/silent-receiver.test.ts',
    file: 'src/store/outbox/slots.ts',
    find: `if (slots.length === 0) return undefined;`,
    replace: `if (slots.length >= 0) return undefined;`,
  },
  {
    name: 'a slot that two take at once',
    noticedBy: 'test/store/outbox/slots.test.ts',
    file: 'src/store/outbox/slots.ts',
    find: `: '#token = :before',`,
    replace: `: '(#token = :before OR attribute_exists(l))',`,
  },
  {
    name: 'a call without a slot',
    noticedBy: 'test/functions/silent-receiver.test.ts',
    file: 'src/flows/delivery/pacing.ts',
    find: `      case 'full':
`,
    replace: `      case 'full':
        return start(holding, restedAt, 1);
`,
  },
  {
    name: 'a slot that needs no rest',
    noticedBy: 'test/functions/pace.test.ts',
    file: 'src/store/outbox/slots.ts',
    find: `restMs > 0 ? now + restMs : free.restedAt`,
    replace: `restMs < 0 ? now + restMs : free.restedAt`,
  },
  {
    name: 'a chat that needs no rest',
    noticedBy: 'test/functions/pace.test.ts',
    file: 'src/flows/delivery/pacing.ts',
    find: `if (room < 1) return`,
    replace: `if (room < -999) return`,
  },
  {
    name: 'turns that are kept while the messenger asks to wait',
    noticedBy: 'test/functions/pace.test.ts',
    file: 'src/flows/delivery/single-calls.ts',
    find: `      pacing.loseTurn(holding);
`,
    replace: '',
  },
  {
    name: 'an edit of ours that is told twice',
    noticedBy: 'test/functions/change-message.test.ts',
    file: 'src/store/chats/outcomes.ts',
    find: ` AND #edit.#content <> :content`,
    replace: ``,
  },
  {
    name: 'a slot without a time limit',
    noticedBy: 'test/store/outbox/slots.test.ts',
    file: 'src/store/outbox/lane-item.ts',
    find: `item.token === token && Number(item.leaseUntil) > now`,
    replace: `item.token === token && Number(item.leaseUntil) > 0 * now`,
  },
  {
    name: 'a lease that counts as fresh for too long',
    noticedBy: 'test/functions/deliver-message.test.ts',
    file: 'src/flows/delivery/holding.ts',
    find: `if (age <= RENEW_MS) return true;`,
    replace: `if (age <= 10 * RENEW_MS) return true;`,
  },
  {
    name: 'an old lease that is renewed, although its slot may be gone',
    noticedBy: 'test/functions/deliver-message.test.ts',
    file: 'src/flows/delivery/holding.ts',
    find: `if (leasedAt - holding.leasedAt > OLD_MS && !isEventLane(holding.lane)) return false;`,
    replace: `if (leasedAt - holding.leasedAt > 99 * OLD_MS) return false;`,
  },
  {
    name: 'a slow lane that stays in the quick queue',
    noticedBy: 'test/functions/silent-receiver.test.ts',
    file: 'src/flows/delivery/single-calls.ts',
    find: `if (slow && !cameSlow) {`,
    replace: `if (slow && !cameSlow && tried.waits > 99) {`,
  },
  {
    name: 'a press that is listed as failed',
    file: 'src/flows/delivery/press-destination.ts',
    find: `failed: (row) => rows.markDone(row),`,
    replace: `failed: (row, error) => rows.markFailed(row, error),`,
  },
  {
    name: 'an event forgotten before its 2xx',
    noticedBy: 'test/functions/deliver-event.test.ts',
    file: 'src/flows/events/event-work.ts',
    find: `    if (prepared.kind !== 'ready') return { kind: prepared.kind };
    const called = await callReceiver`,
    replace: `    if (prepared.kind !== 'ready') return { kind: prepared.kind };
    await ends.markDone(events);
    const called = await callReceiver`,
  },
  {
    name: 'a batch formed anew after a call without an answer',
    noticedBy: 'test/functions/deliver-event.test.ts',
    file: 'src/flows/events/event-work.ts',
    find: `const underWay = holding.wasAbandoned || holding.tried.calls > 0 ? (holding.state.memo ?? []) : [];`,
    replace: `const underWay: readonly string[] = [];`,
  },
  {
    name: 'the id of a batch from the clock',
    noticedBy: 'test/functions/deliver-event.test.ts',
    file: 'src/flows/events/event-work.ts',
    find: `id: batchId(memo), body`,
    replace: `id: String(clock.now()), body`,
  },
  {
    name: 'the id of a batch from a counter',
    noticedBy: 'test/functions/deliver-event.test.ts',
    file: 'src/flows/events/event-work.ts',
    find: `id: batchId(memo), body`,
    replace: `id: String(holding.tried.calls), body`,
  },
  {
    name: 'a subject aside that is overtaken',
    noticedBy: 'test/functions/deliver-event.test.ts',
    file: 'src/flows/events/event-work.ts',
    find: `const apart = waiting.find(({ subject }) => kept.aside.includes(subject));`,
    replace: `const apart = waiting.find(({ subject }) => subject === '' && kept.aside.includes(subject));`,
  },
  {
    name: 'a batch taken and not recorded before its rows',
    noticedBy: 'test/functions/deliver-event.test.ts',
    file: 'src/flows/events/follow-call.ts',
    find: `memo.length === 1 ||`,
    replace: `memo.length > 0 ||`,
  },
  {
    name: 'events moved aside before the lane says so',
    noticedBy: 'test/functions/deliver-event.test.ts',
    file: 'src/flows/events/follow-call.ts',
    find: `if (added.length > 0 && !(await holdings.remember(holding, {})))`,
    replace: `if (added.length < 0)`,
  },
  {
    name: 'the last place aside forgotten by the lane',
    noticedBy: 'test/functions/event-lanes.test.ts',
    file: 'src/flows/events/follow-call.ts',
    find: `(await aside.stillAside(account, before.aside)), ...added]`,
    replace: `(await aside.stillAside(account, before.aside))]`,
  },
  {
    name: 'a replayed row that is marked with the rest of its old batch',
    noticedBy: 'test/functions/event-lanes.test.ts',
    file: 'src/flows/events/event-work.ts',
    find: `&& !openedAfter(kept.takenAt, row)`,
    replace: `&& !openedAfter(Number.POSITIVE_INFINITY, row)`,
  },
  {
    name: 'a batch split after a call without an answer',
    noticedBy: 'test/functions/deliver-event.test.ts',
    file: 'src/flows/events/follow-call.ts',
    find: `if (kept.isUnclear) {`,
    replace: `if (kept.isUnclear && events.length === 0) {`,
  },
  {
    name: 'a creation repeated under another id',
    noticedBy: 'test/functions/create-client.test.ts',
    file: 'src/flows/events/creations.ts',
    find: `      row.ids.contact,
      words.contact`,
    replace: `      crypto.randomUUID(),
      words.contact`,
  },
  {
    name: 'a deal without the id of its contact',
    noticedBy: 'test/functions/create-client.test.ts',
    file: 'src/flows/events/creations.ts',
    find: `const contactIds = [made.contact.id];`,
    replace: `const contactIds: string[] = [];`,
  },
  {
    name: 'a contact that was made and is forgotten before the deal is asked',
    noticedBy: 'test/functions/create-client.test.ts',
    file: 'src/flows/events/creations.ts',
    find: `const made = { askedFor, contact: read.made };
    await rows.noteMade(row, made);`,
    replace: `const made = { askedFor, contact: read.made };`,
  },
  {
    name: 'a contact that was merged into another and comes back',
    noticedBy: 'test/functions/create-client.test.ts',
    file: 'src/flows/events/creations.ts',
    find: `const isKnown = !contact || made?.deal || made?.contact.id === contact.id;`,
    replace: `const isKnown = !contact || made !== undefined;`,
  },
  {
    name: 'an answer that takes addresses away',
    noticedBy: 'test/functions/create-client.test.ts',
    file: 'src/domain/creation.ts',
    find: `now?.contactData ?? [])`,
    replace: `[])`,
  },
  {
    name: 'a receiver that begins to listen again, and whom nobody asks anew',
    noticedBy: 'test/functions/publish-events.test.ts',
    file: 'src/store/accounts/receivers.ts',
    find: `if (!receiver || listensTo(receiver, kind)) return receiver;
    forget(account);`,
    replace: `if (!receiver || listensTo(receiver, kind)) return receiver;`,
  },
  {
    name: 'an answer that undoes a later push',
    noticedBy: 'test/flows/adopt.test.ts',
    file: 'src/flows/sight/adopt.ts',
    find: `if (await isStored(address)) return;`,
    replace: ``,
  },
  {
    name: 'an announcement that lets the holder go without another look',
    about: 'events',
    file: 'src/store/outbox/announce.ts',
    find: `nextAt = if_not_exists(nextAt, :next), again = :true';`,
    replace: `nextAt = if_not_exists(nextAt, :next), unheard = :true';`,
  },
  {
    name: 'a late event that does not lower where its lane begins',
    about: 'events',
    file: 'src/store/outbox/announce.ts',
    find: `'(attribute_not_exists(l) OR #from <= :first) AND (attribute_not_exists(late) OR late <= :first)';`,
    replace: `'(attribute_not_exists(l) OR attribute_exists(l))';`,
  },
  {
    name: 'a batch that leaves past an older event that was announced meanwhile',
    about: 'events',
    file: 'src/flows/events/event-work.ts',
    find: `const isOldest = holding.state.from >= from && placeToRead(holding) >= readFrom;`,
    replace: `const isOldest = holding.state.from !== '' || placeToRead(holding) >= readFrom;`,
  },
  {
    name: 'a holder that reads past what a replay opens',
    noticedBy: 'test/functions/events-sent-again.test.ts',
    file: 'src/flows/events/event-work.ts',
    find: `return opensUntil > clock.now() && opensFrom < from ? opensFrom : from;`,
    replace: `return opensUntil < 0 && opensFrom < from ? opensFrom : from;`,
  },
  {
    name: 'an edit that is told before its message',
    about: 'events',
    file: 'src/domain/event.ts',
    find: `if (isNewReply || isSoon(edit?.at) || isSoon(deletedAt)) events.push(messageEvent(chat, fact));`,
    replace: `if (isNewReply) events.push(messageEvent(chat, fact));`,
  },
  {
    name: 'a repeated batch of the stream that is published again',
    about: 'events',
    file: 'src/store/outbox/rows.ts',
    find: `return { TableName, Item, ConditionExpression: 'attribute_not_exists(e)' };`,
    replace: `return { TableName, Item, ConditionExpression: 'attribute_not_exists(e) OR attribute_exists(e)' };`,
  },
  {
    name: 'a call of a receiver without another look at the lease',
    about: 'events',
    file: 'src/flows/events/event-work.ts',
    find: `const isHeld = await (isRemembered ? holdings.isStillHeld(holding) : holdings.remember(holding, { memo }));`,
    replace: `if (!isRemembered) await holdings.remember(holding, { memo });
    const isHeld = true;`,
  },
  {
    name: 'a contact that is asked for under another id each time',
    about: 'events',
    file: 'src/flows/events/creations.ts',
    find: `    const called = await call(
      row.ids.contact,`,
    replace: `    const called = await call(
      row.ids.contact + deps.newId(),`,
  },

  // What becomes of replies that were sent
  {
    name: 'a receipt that counts although a later one was heard of',
    about: 'receipts',
    file: 'src/store/chats/outcomes.ts',
    find: `'attribute_not_exists(readAt) AND attribute_not_exists(failed)'`,
    replace: `'attribute_not_exists(failed)'`,
  },
  {
    name: 'a receipt that counts although the message failed',
    about: 'receipts',
    file: 'src/store/chats/outcomes.ts',
    find: `'attribute_not_exists(readAt) AND attribute_not_exists(failed)'`,
    replace: `'attribute_not_exists(readAt)'`,
  },
  {
    name: 'a receipt that refuses what another send took',
    about: 'receipts',
    file: 'src/flows/follow-receipts.ts',
    find: `attempt === undefined || providerId !== id`,
    replace: `attempt === undefined || providerId === undefined`,
  },
  {
    name: 'two receipts of one millisecond, of which only one is news',
    about: 'receipts',
    file: 'src/store/dynamo/stream.ts',
    find: `return [statusAt, deliveredAt, readAt, failed, deliveredUpTo, readUpTo, edit, deletedAt, reply];`,
    replace: `return [statusAt, edit, deletedAt, reply];`,
  },
  {
    name: 'a record of the send that undoes the receipt that refused it',
    noticedBy: 'test/store/outcomes.test.ts',
    file: 'src/store/chats/attempts.ts',
    find: ` AND NOT #status = :sent AND attribute_not_exists(sentAt))`,
    replace: ` AND NOT #status = :sent)`,
  },
  {
    name: 'a reply that a receipt refused, and that a late record of the send lets stand',
    noticedBy: 'test/store/outcomes.test.ts',
    file: 'src/store/chats/attempts.ts',
    find: `attribute_exists(refused) AND attribute_not_exists(undelivered)`,
    replace: `attribute_exists(refused)`,
  },
  {
    name: 'a record of the send that does not ring for what was heard before it',
    noticedBy: 'test/store/outcomes.test.ts',
    file: 'src/store/chats/attempts.ts',
    find: `    if (rings) await mergeOutcome(chatKey, providerId, rings);`,
    replace: ``,
  },
  {
    name: 'a reply that was not delivered, taken off the list by a late record of the send',
    noticedBy: 'test/store/outcomes.test.ts',
    file: 'src/store/outbox/rows.ts',
    find: `(attempt = :attempt AND attribute_not_exists(undelivered)))'`,
    replace: `attempt = :attempt)'`,
  },
  {
    name: 'receipts told without the send that they speak of',
    about: 'receipts',
    file: 'src/flows/add-events.ts',
    find: `if (fact.kind !== 'reply' || !hasReceipts(outcome)) return outcome;`,
    replace: `if (fact.kind !== 'reply' || outcome.status !== undefined) return outcome;`,
  },
  {
    name: 'an own echo that the record of the send does not look for',
    about: 'receipts',
    file: 'src/store/chats/attempts.ts',
    find: `    if (told.echo !== undefined) await ownEchoes.mark(chatKey, told.echo, reply);`,
    replace: ``,
  },
  {
    name: 'an own echo that is stored although its send is recorded',
    about: 'receipts',
    file: 'src/store/chats/own-echoes.ts',
    find: `      ConditionExpression: 'attribute_not_exists(reply)',`,
    replace: `      ConditionExpression: 'attribute_exists(c) OR attribute_not_exists(c)',`,
  },
  {
    name: 'an own echo that nobody marks once a receipt has refused its reply',
    noticedBy: 'test/functions/own-echoes.test.ts',
    file: 'src/flows/follow-receipts.ts',
    find: `    if (told.echo !== undefined) await ownEchoes.mark(chat, told.echo, key);`,
    replace: ``,
  },
  {
    name: 'a holder that does not finish the record of a send',
    about: 'receipts',
    file: 'src/flows/delivery/reply-destination.ts',
    find: `wasAbandoned && status === 'sent' && providerId !== undefined`,
    replace: `wasAbandoned && status !== 'sent' && providerId !== undefined`,
  },
  {
    name: 'an own echo that stays the last message',
    about: 'receipts',
    file: 'src/domain/chat.ts',
    find: `facts.some(isOwnEcho) ? undefined : before`,
    replace: `before`,
  },
  {
    name: 'an own echo that leaves closed what it had closed',
    about: 'receipts',
    file: 'src/domain/chat.ts',
    find: `...own.map(({ from, ours }) => leastKey(from, ours)),`,
    replace: `...own.map(({ ours }) => leastKey(ours)),`,
  },
  {
    name: 'a link after the draw',
    about: 'identity',
    file: 'src/flows/fold.ts',
    find: `    const ids = await identify?.(chatKey, row, chat, facts);
    const wrote = isNews(chat, known);
    const announced = known && !wrote ? undefined : await announce(chatKey, known, wrote);`,
    replace: `    const wrote = isNews(chat, known);
    const announced = known && !wrote ? undefined : await announce(chatKey, known, wrote);
    const ids = await identify?.(chatKey, row, chat, facts);`,
  },
  {
    name: 'a chat and a decision that an alias may have',
    about: 'identity',
    file: 'src/store/clients/addresses.ts',
    find: `const IS_ROOT = 'attribute_not_exists(root)';`,
    replace: `const IS_ROOT = '(attribute_exists(a) OR attribute_not_exists(a))';`,
  },
  {
    name: 'an alias of an alias',
    about: 'identity',
    file: 'src/store/clients/links.ts',
    find: `version === 0 ? 'attribute_not_exists(av)' : 'av = :loaded'`,
    replace: `version === 0 ? 'attribute_not_exists(av)' : 'attribute_exists(av) OR av = :loaded'`,
  },
  {
    name: 'a chat added to a root that its address has left',
    about: 'identity',
    file: 'src/store/clients/addresses.ts',
    find: ` AND contains(aliases, :own)\``,
    replace: ` OR contains(aliases, :own)\``,
  },
  {
    name: 'an id that counts as known as soon as it is',
    about: 'identity',
    file: 'src/domain/homes.ts',
    find: `export const KNOWN_AFTER_MS = 10_000;`,
    replace: `export const KNOWN_AFTER_MS = -1_000_000;`,
  },
  {
    name: 'a merge while a contact is being made',
    about: 'identity',
    file: 'src/domain/link-plan.ts',
    find: `return !contact && owner !== undefined;`,
    replace: `return contact === owner && false;`,
  },
  {
    name: 'of two decisions the later one',
    noticedBy: 'test/domain/identity.test.ts',
    file: 'src/domain/link-plan.ts',
    find: `since === sinceOther ? own.key < other.key : since < sinceOther`,
    replace: `since === sinceOther ? own.key < other.key : since > sinceOther`,
  },
  {
    name: 'a name that stays with the first person who had it',
    noticedBy: 'test/functions/identity.test.ts',
    file: 'src/store/directory/handles.ts',
    find: `'SET person = :value'`,
    replace: `'SET person = if_not_exists(person, :value)'`,
  },
  {
    name: 'what could run a script shown in a browser',
    noticedBy: 'test/functions/serve-file.test.ts',
    file: 'src/media/shown-type.ts',
    find: `const isShown = SHOWN.test(plain.trim());`,
    replace: `const isShown = plain !== '';`,
  },
  {
    name: 'a second put of a file that replaces the first',
    noticedBy: 'test/local/folder-blobs.test.ts',
    file: 'src/local/folder-blobs.ts',
    find: `      await rename(part, place);`,
    replace: `      await rm(place, { recursive: true, force: true });
      await rename(part, place);`,
  },
  {
    name: 'a file that is put under its own name while it is written',
    noticedBy: 'test/local/folder-blobs.test.ts',
    file: 'src/local/folder-blobs.ts',
    find: `const IN_THE_MAKING = '.part';`,
    replace: `const IN_THE_MAKING = 'part';`,
  },
  {
    name: 'a file that is fetched again although it is there',
    noticedBy: 'test/functions/store-file.test.ts',
    file: 'functions/store-file/handler.ts',
    find: `if (row?.state !== 'wanted') return;`,
    replace: `if (!row) return;`,
  },
  {
    name: 'a row of a file that another take of it replaces',
    noticedBy: 'test/functions/store-file.test.ts',
    file: 'src/store/files/files.ts',
    find: `ConditionExpression: 'attribute_not_exists(f)',
      ReturnValuesOnConditionCheckFailure`,
    replace: `ConditionExpression: 'attribute_not_exists(never)',
      ReturnValuesOnConditionCheckFailure`,
  },
  {
    name: 'bytes kept although they are not those that were told',
    noticedBy: 'test/functions/store-file.test.ts',
    file: 'functions/store-file/keep.ts',
    find: `told === undefined || isLastTry ? whole`,
    replace: `told !== 'never' || isLastTry ? whole`,
  },
  {
    name: 'an edit that gives its file another id',
    noticedBy: 'test/functions/store-file.test.ts',
    file: 'src/domain/file.ts',
    find: `return file === undefined ? media : { ...media, file };`,
    replace: `return file === 'never' ? { ...media, file } : media;`,
  },
  {
    name: 'files of an account that is disabled',
    noticedBy: 'test/functions/serve-file.test.ts',
    file: 'functions/serve-file/handler.ts',
    find: `!account?.isThere || account.isDisabled`,
    replace: `!account?.isThere`,
  },
  {
    name: 'a file that is given up although its credentials may still come',
    noticedBy: 'test/functions/store-file.test.ts',
    file: 'functions/store-file/handler.ts',
    find: `return comeBack(deps, row, { isUnauthorized: true });
    case 'later'`,
    replace: `return comeBack(deps, row, {});
    case 'later'`,
  },
  {
    name: 'a path of a messenger that leads out of its folder',
    noticedBy: 'test/channels/telegram/open-file.test.ts',
    file: 'src/channels/telegram/open-file.ts',
    find: `(?!.*\\/[./])`,
    replace: ``,
  },
];
