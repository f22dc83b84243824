/**
 * The normal form of a person's address, by which contacts, ownership and assignment are found. Messenger ids are their
 * own normal form; phones (with their national variants) come with the first messenger that has them.
 */
export function addressKey(account: string, chatType: string, chatId: string): string {
  return `${account}#${chatType}#${chatId}`;
}
