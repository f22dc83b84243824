import { decoded } from './decoded.ts';
import { isFileId } from './new-file-id.ts';

/** The address of a file: known before the file is there, and good until it is removed. It is the right to read it. */
export function contentUriOf(base: string, { file, name }: { readonly file: string; readonly name: string }): string {
  return `${base}/files/${file}/${encodeURIComponent(name.toWellFormed())}`;
}

/** The file that an address made by `contentUriOf` names. Undefined if the address is another. */
export function fileOf(base: string, uri: string): { file: string; name: string } | undefined {
  if (!uri.startsWith(`${base}/files/`)) return undefined;
  const [, file, name] = /^([\w-]+)\/([^/?#]*)/.exec(uri.slice(base.length + '/files/'.length)) ?? [];
  return file !== undefined && isFileId(file) ? { file, name: decoded(name ?? '') } : undefined;
}
