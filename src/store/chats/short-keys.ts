import type { Chat } from '#domain/chat';

/** Stand for the keys of the last and of the oldest open message. Keys begin with a digit or `:`, or are empty. */
const [LAST, OPEN] = ['=', '^'];

/**
 * The chat as its row holds it: a key that it has already is one character. Most keys of a chat are those of two
 * messages, and a messenger's ids may be long: beyond 1 KB every save would cost twice as much.
 */
export function shortenKeys(chat: Chat): Chat {
  return withKeys(chat, (key) => (key === chat.lastKey ? LAST : key === chat.openKey ? OPEN : key));
}

/** The chat of a row with all its keys. */
export function lengthenKeys<C extends Chat>(chat: C): C {
  return withKeys(chat, (key) => (key === LAST ? chat.lastKey : key === OPEN ? (chat.openKey ?? key) : key));
}

function withKeys<C extends Chat>(chat: C, keyOf: (key: string) => string): C {
  const { wordKey, client, profile, seen } = chat;
  return {
    ...chat,
    wordKey: keyOf(wordKey),
    ...(client && { client: { ...client, key: keyOf(client.key) } }),
    ...(profile && { profile: { ...profile, key: keyOf(profile.key) } }),
    seen: { ...seen, from: keyOf(seen.from), low: keyOf(seen.low), upTo: keyOf(seen.upTo) },
  };
}
