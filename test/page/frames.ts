import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

/** A page of another site that shows addresses in frames, as a CRM does, and keeps what they tell it. */
export interface HostPage {
  /** Its address, at `127.0.0.1`. The page in its frames is at `localhost`, which is another site. */
  readonly url: string;
  /** The addresses that its next loads show in frames, in that order. */
  frames: readonly string[];
  /** What frames have told it so far. */
  told(page: Page): Promise<readonly { readonly origin: string; readonly data: unknown }[]>;
}

/** Opens the site of a CRM. It ends with the running test. */
export async function openHostPage(): Promise<HostPage> {
  const server = createServer((request, response) => {
    // It is the receiver of the account's events, too, which makes it a place where the page may be.
    if (request.method === 'POST') {
      request.resume().once('end', () => response.writeHead(200).end());
      return;
    }
    if (request.url !== '/') {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(documentOf(host.frames));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host: HostPage = {
    url: `http://127.0.0.1:${port}/`,
    frames: [],
    told: (page) => page.evaluate('told'),
  };
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return host;
}

function documentOf(frames: readonly string[]): string {
  const tags = frames.map(
    (address, index) => `<iframe name="frame-${index}" src="${address}" width="1000" height="700"></iframe>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>CRM</title>
<script>const told = []; addEventListener('message', ({ origin, data }) => told.push({ origin, data }));</script>
${tags.join('\n')}</html>`;
}
