/** Those that have the text in their name, in their order. Case and `ё` make no difference. */
export function found<T extends { readonly name: string }>(all: readonly T[], text: string): readonly T[] {
  const wanted = plain(text);
  return wanted === '' ? all : all.filter(({ name }) => plain(name).includes(wanted));
}

function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll('ё', 'е');
}
