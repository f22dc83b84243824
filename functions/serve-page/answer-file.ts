import { RequestError } from '#http/errors';
import type { HttpResponse } from '#http/route';
import type { PageFile } from './page-files.ts';

/** The answer that holds a file of a page, in its encoding. Throws a 404 if there is no such file. */
export function answerFile(file: PageFile | undefined, headers: Readonly<Record<string, string>>): HttpResponse {
  if (!file) {
    const description = 'There is no such file. If it was part of the page, load the page anew';
    throw new RequestError(404, 'FILE_NOT_FOUND', description);
  }
  const { type, bytes, encoding } = file;
  const encoded: Readonly<Record<string, string>> = encoding ? { 'content-encoding': encoding } : {};
  return { status: 200, bytes, headers: { 'content-type': type, vary: 'accept-encoding', ...encoded, ...headers } };
}
