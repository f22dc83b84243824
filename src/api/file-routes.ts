import type { DescribedRoutes } from '#api/described-route';

/** The routes of files. The address is the right to read one, so that a receiver of events needs no key. */
export const describedFileRoutes = {
  'GET /files/{file}/{name}': {
    operationId: 'getFile',
    tag: 'Files',
    summary:
      'A file of a message, by its contentUri. A large one is answered with 302, one that is still coming with 503',
    description:
      'The address is the right to read the file: it needs no key. One range is answered with 206. A file above 4 MB leads to another address, which is good for 15 minutes. While the file is on its way from the messenger the answer waits for five seconds, and then is 503 with `Retry-After`.',
    status: 200,
    security: 'none',
    errors: ['FILE_NOT_FOUND', 'FILE_GONE', 'RANGE_NOT_SATISFIABLE', 'FILE_NOT_READY'],
  },
  'HEAD /files/{file}/{name}': {
    operationId: 'headFile',
    tag: 'Files',
    summary: 'The type and the size of a file',
    status: 200,
    security: 'none',
    errors: ['FILE_NOT_FOUND', 'FILE_GONE', 'FILE_NOT_READY'],
  },
} satisfies DescribedRoutes;
