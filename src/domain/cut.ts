/** Cuts the text, and replaces half a character that the cut or the sender left: a stored string is UTF-8. */
export function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}
