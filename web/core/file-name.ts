/**
 * The name of a file or a card as it is shown and saved. Strangers give these names: a mark that turns the direction
 * makes `exe.gpj` of `jpg.exe`, and a line break a second line.
 */
export function plainName(name: string): string {
  return name.replaceAll(/\p{Bidi_Control}/gu, '').replaceAll(/\p{Cc}/gu, ' ');
}
