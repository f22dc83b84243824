import { createHash } from 'node:crypto';
import { type OpenApi, openApi } from '#api/description';
import { notFound } from '#http/errors';
import { createRoute, type HttpHandler } from '#http/route';
import type { Log } from '#log';

export interface ServeDocsDeps {
  readonly log: Log;
}

const STYLE =
  'body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}pre{overflow:auto;background:#f4f4f4;padding:1rem}';

/** The page loads nothing, runs no script, sends no form and stands in no frame. Its one style is known by its hash. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
const PAGE_HEADERS = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };

/** Serves what needs no key: that Konvert answers, and what its routes take. */
export function createHandler(deps: ServeDocsDeps): HttpHandler {
  // Made from all schemas of the contract, at the first request for it.
  let made: OpenApi | undefined;
  function description(): OpenApi {
    made ??= openApi();
    return made;
  }
  return createRoute(async ({ route }) => {
    if (route === '/healthz') return { status: 200, body: { status: 'ok' } };
    if (route === '/openapi.json') return { status: 200, body: description() };
    if (route === '/docs') return { status: 200, text: page(description()), headers: PAGE_HEADERS };
    throw notFound();
  }, deps);
}

function page({ paths, info }: OpenApi): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => section(method, path, operation as { summary: string })),
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${info.title} API</title>
<style>${STYLE}</style>
<h1>${info.title} API</h1><p>${info.description} Machine-readable: <a href="openapi.json">openapi.json</a></p>
${operations.join('\n')}</html>`;
}

function section(method: string, path: string, operation: { summary: string }): string {
  const { summary, ...rest } = operation;
  return `<details><summary><code>${method.toUpperCase()} ${escapeHtml(path)}</code> ${escapeHtml(summary)}</summary><pre>${escapeHtml(
    JSON.stringify(rest, null, 2),
  )}</pre></details>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
