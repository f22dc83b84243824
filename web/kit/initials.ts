/** The first letters of the first and the last word; of a number, its last two digits; else its first emoji. */
export function initialsOf(name: string): string {
  const words = name.match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  const first = words[0];
  if (first === undefined) return name.replace(/\D/g, '').slice(-2) || (name.match(/\p{RGI_Emoji}/v)?.[0] ?? '#');
  const last = words.length > 1 ? words.at(-1)! : '';
  return (firstLetter(first) + firstLetter(last)).toUpperCase();
}

function firstLetter(word: string): string {
  return [...word][0] ?? '';
}
