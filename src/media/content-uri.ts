/** The address of a file: known before the file is there, and good until it is removed. It is the right to read it. */
export function contentUriOf(base: string, { file, name }: { readonly file: string; readonly name: string }): string {
  return `${base}/files/${file}/${encodeURIComponent(name.toWellFormed())}`;
}
