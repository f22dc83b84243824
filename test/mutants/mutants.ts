/** One way to break the code that the scheduler has to notice: in `file`, `find` (which stands there once) becomes `replace`. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** Every fault that the design was proved against. */
export const mutants: readonly Mutant[] = [
  {
    name: 'facts read before the chat',
    file: 'src/store/fold.ts',
    find: `      const row = await chats.load(chatKey);
      const before = row && isChat(row) && rung !== FIRST_KEY ? row.chat : undefined;
      const read = await readWindow(chatKey, before, rung);`,
    replace: `      const early = await chats.load(chatKey);
      const window = early && isChat(early) ? early.chat : undefined;
      const read = await readWindow(chatKey, window, rung);
      const row = await chats.load(chatKey);
      const before = row && isChat(row) && rung !== FIRST_KEY ? row.chat : undefined;`,
  },
  {
    name: 'no version condition',
    file: 'src/store/chats.ts',
    find: `ConditionExpression: before ? 'ver = :loaded' : 'attribute_not_exists(ver)',`,
    replace: `ConditionExpression: before ? 'attribute_exists(c) OR ver = :loaded' : 'attribute_exists(c) OR attribute_not_exists(c)',`,
  },
  {
    name: 'eventually consistent query',
    file: 'src/store/messages.ts',
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
    file: 'src/store/fold.ts',
    find: `for (const { key, from } of answersToLower(read.facts)) await messages.lowerFrom(chatKey, key, from);`,
    replace: `answersToLower(read.facts);`,
  },
  {
    name: 'a late failure of an older attempt',
    file: 'src/store/messages.ts',
    find: `                ConditionExpression: 'attempt = :attempt',
                ExpressionAttributeValues: { ':attempt': attempt, ':now': now },`,
    replace: `                ConditionExpression: 'attempt >= :attempt',
                ExpressionAttributeValues: { ':attempt': attempt, ':now': now },`,
  },
  {
    name: "a list row's token without low",
    file: 'src/http/present.ts',
    find: `seenUpTo: writeSeenUpTo(key, seen),`,
    replace: `seenUpTo: writeSeenUpTo(key, { ...seen, low: '0' }),`,
  },
  {
    name: 'a failed chat without its least key',
    file: 'functions/fold-chat/handler.ts',
    find: `await deps.queueFailed({ chatKey, rung });`,
    replace: `await deps.queueFailed({ chatKey, rung: ':' });`,
  },
  {
    name: 'a flood never read whole',
    file: 'src/store/fold.ts',
    find: `if (!facts.some(isAnswer)) return`,
    replace: `if (!facts.some(isAnswer) || true) return`,
  },
  {
    name: 'a lease without a token',
    file: 'src/store/outbox.ts',
    find: `          UpdateExpression: 'SET leaseUntil = :until REMOVE again',
          ConditionExpression: HOLDS_LEASE,`,
    replace: `          UpdateExpression: 'SET leaseUntil = :until REMOVE again',
          ConditionExpression: 'attribute_exists(l) OR #token = :token',`,
  },
  {
    name: 'again forgotten',
    file: 'src/store/outbox.ts',
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
    file: 'src/store/messages.ts',
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
];
