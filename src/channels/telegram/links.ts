/** What stands behind words that lead to an address: nothing if the words are that address. */
export function behind(words: string, address: string): string {
  return address === '' || isSame(words, address) ? '' : inBrackets(words, address);
}

/** Nobody hides a name in more words. Without a limit, thousands of entities over one long text take minutes. */
const LONGEST_SEARCHED = 1_024;

/** What stands behind words that mean something else: nothing if the words say it. */
export function unlessSaid(words: string, meaning: string): string {
  return words.slice(0, LONGEST_SEARCHED).includes(meaning) ? '' : inBrackets(words, meaning);
}

/** Words, and behind them the address to which they lead. Space at the end of the words stays at the end. */
export function leadingTo(words: string, address: string): string {
  const said = words.trimEnd();
  return said + behind(said, address) + words.slice(said.length);
}

function inBrackets(words: string, text: string): string {
  return words.slice(0, 64).trim() === '' ? `(${text})` : ` (${text})`;
}

/** Whether the words say the address, perhaps without its scheme or with other letters for the same domain. */
function isSame(words: string, address: string): boolean {
  if (words.length > 2 * address.length + 64) return false;
  return words === address || plain(words) === plain(address);
}

/** An address without what says nothing to a reader: its scheme, and a slash at its end. */
export function bare(address: string): string {
  return address
    .trim()
    .replace(/^(https?:\/\/|mailto:|tel:)/i, '')
    .replace(/\/$/, '');
}

function plain(address: string): string {
  const short = bare(address);
  const hasScheme = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(short);
  const read = `http://${short}`;
  // Without a dot it may be a number, which a URL reads as an address: 100 as 0.0.0.100.
  return hasScheme || !short.includes('.') || !URL.canParse(read) ? short : bare(new URL(read).href);
}
