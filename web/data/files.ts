import type { KonvertClient } from '../../clients/typescript/index.ts';
import { type Answer, answerOf } from './api.ts';

/** An upload that can be followed and ended. */
export interface Upload {
  readonly done: Promise<Answer<{ readonly contentUri: string }> | { readonly kind: 'cancelled' }>;
  cancel(): void;
}

/** Uploads a file. `progress` hears how much has left, 0 to 1. */
export function upload(api: KonvertClient, file: File, progress: (part: number) => void): Upload {
  const request = new XMLHttpRequest();
  let isCancelled = false;
  const run = async () => {
    const body = { name: file.name.slice(-255), ...(file.type !== '' && { type: file.type }), size: file.size };
    const answer = await answerOf(api.POST('/v1/files', { body }));
    if (isCancelled) return { kind: 'cancelled' } as const;
    if (answer.kind !== 'ok') return answer;
    const { contentUri, upload: to } = answer.body;
    const status = await put(request, to.url, to.headers, file, progress);
    if (isCancelled) return { kind: 'cancelled' } as const;
    if (status >= 200 && status < 300) return { kind: 'ok', body: { contentUri } } as const;
    return { kind: 'lost' } as const;
  };
  return {
    done: run(),
    cancel() {
      isCancelled = true;
      request.abort();
    },
  };
}

/** `fetch` tells nothing about the progress of what it sends. Answers the status, 0 without an answer. */
function put(
  request: XMLHttpRequest,
  url: string,
  headers: Readonly<Record<string, string>>,
  file: File,
  progress: (part: number) => void,
): Promise<number> {
  return new Promise((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 0 : loaded / total);
    request.onloadend = () => resolve(request.status);
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(file);
  });
}
