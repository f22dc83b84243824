/** Cut, and without the half of a character that a cut (or the sender) leaves: a stored string is UTF-8. */
export function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}
