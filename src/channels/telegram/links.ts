/** What stands behind words that lead to an address: nothing if the words are that address. */
export function behind(words: string, address: string): string {
  return address === '' || isSame(words, address) ? '' : inBrackets(words, address);
}

/** What stands behind words that mean something else: nothing if the words say it. */
export function unlessSaid(words: string, meaning: string): string {
  return words.includes(meaning) ? '' : inBrackets(words, meaning);
}

/** Words, and behind them the address to which they lead. Space at the end of the words stays at the end. */
export function leadingTo(words: string, address: string): string {
  const said = words.trimEnd();
  return said + behind(said, address) + words.slice(said.length);
}

function inBrackets(words: string, text: string): string {
  return words.trim() === '' ? `(${text})` : ` (${text})`;
}

/**
 * Whether the words say the address: as it is, without the scheme, without a slash at the end, with other letters for
 * the same domain. A scheme says nothing to a reader, so `http` and `https` are the same here.
 */
function isSame(words: string, address: string): boolean {
  if (words.length > 2 * address.length + 64) return false;
  return words === address || plain(words) === plain(address);
}

function plain(address: string): string {
  const bare = address.trim().replace(/^(https?:\/\/|mailto:|tel:)/i, '');
  const read = /^[a-z][a-z0-9+.-]*:/i.test(bare) && !/^[^/]*:\d/.test(bare) ? undefined : `http://${bare}`;
  const href = read !== undefined && URL.canParse(read) ? new URL(read).href.slice('http://'.length) : bare;
  return href.replace(/\/$/, '');
}
