import type { DescribedRoutes } from '#api/described-route';

/** The routes that a browser loads the page from. They answer with documents and files, not with JSON. */
export const describedDocumentRoutes: DescribedRoutes = {
  'GET /': { summary: 'Leads to the page', status: 302, security: 'none' },
  'GET /chat/{accountId}': { summary: 'The page of an account', status: 200, security: 'none' },
  'GET /page/{file}': { summary: 'A file of the page', status: 200, security: 'none' },
};
