import type { DescribedRoutes } from '#api/described-route';

/** The routes that a browser loads the page from. They answer with documents and files, not with JSON. */
export const describedDocumentRoutes = {
  'GET /': {
    operationId: 'openRoot',
    tag: 'Page',
    summary: 'Leads to the page',
    status: 302,
    security: 'none',
    errors: [],
  },
  'GET /chat/{accountId}': {
    operationId: 'getPage',
    tag: 'Page',
    summary: 'The page of an account',
    description:
      'The same document for everybody. The secret of a link is in the fragment of its address, which no browser sends.',
    status: 200,
    security: 'none',
    errors: [],
  },
  'GET /page/{file}': {
    operationId: 'getPageFile',
    tag: 'Page',
    summary: 'A file of the page',
    status: 200,
    security: 'none',
    errors: ['FILE_NOT_FOUND'],
  },
} satisfies DescribedRoutes;
