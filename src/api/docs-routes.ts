import type { DescribedRoutes } from '#api/described-route';

/** The routes that need no key: whether Konvert answers, and the description of its API. */
export const describedDocsRoutes: DescribedRoutes = {
  'GET /healthz': { summary: 'Whether Konvert answers', status: 200, security: 'none' },
  'GET /openapi.json': { summary: 'This description', status: 200, security: 'none' },
  'GET /docs': { summary: 'This description, to read', status: 200, security: 'none' },
};
