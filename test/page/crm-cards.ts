import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import type { Ref } from '#domain/crm';
import type { HubspotRig } from '#test/crms/doubles/hubspot/rig';
import { amoToken, type LookedAt, type Looking, signedByHubspot } from '#test/crms/kit/looks';
import { until } from '#test/e2e/call-api';

const WIDGET = 'integrations/amocrm/widget';
const CARD = 'integrations/hubspot/src/app/cards/Konvert.jsx';

/** Who looks at which card, in which language. Whoever forges has another secret. */
export interface Look extends Pick<Looking, 'userId' | 'secret'> {
  readonly ref?: Ref;
  readonly language?: 'en' | 'ru';
}

/** A card of the CRM in a browser, at the CRM's own address. */
export interface CrmCard {
  readonly page: Page;
  /** Presses the button of the card, if it has one. */
  open(): Promise<void>;
  /** The frame in which Konvert is shown. */
  frame(): Promise<Frame>;
  /** Resolves when the card or a frame in it says that. */
  says(text: string | RegExp): Promise<void>;
}

/** Opens a page that plays the card of the CRM. The requests of its user are proven as that CRM proves them. */
export async function openCard(
  context: BrowserContext,
  crm: LookedAt,
  frameUrl: string,
  look: Look,
  { hidesToken = false } = {},
): Promise<CrmCard> {
  const looking = () => ({ ...look, frameUrl, now: Date.now() });
  const documents = {
    amocrm: () => amoDocument(frameUrl, look, hidesToken),
    bitrix24: async () => bitrixDocument(await crm.look(looking())),
    hubspot: () => hubspotDocument(frameUrl, look),
  };
  const html = await documents[crm.name]();
  await context.route(`${crm.origin}/**`, (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }),
  );
  const page = await context.newPage();
  if (crm.name === 'amocrm') await page.exposeFunction('disposableToken', () => amoToken(crm.rig, looking()));
  // HubSpot calls from its own servers, adds who looks, and signs that.
  if (crm.name === 'hubspot')
    await page.exposeFunction('callSigned', (url: string, body: string) => callSigned(crm, { url, body }, looking()));
  await page.goto(`${crm.origin}/card`);
  return {
    page,
    async open() {
      if (crm.name !== 'bitrix24') await page.getByRole('button').click();
    },
    async frame() {
      const frame = await (await page.waitForSelector('iframe')).contentFrame();
      if (!frame) throw new Error('The card has no frame');
      return frame;
    },
    says: (text) =>
      until(`"${text}" in the card`, async () => {
        const found = page.frames().map((frame) =>
          frame
            .getByText(text)
            .count()
            .catch(() => 0),
        );
        return (await Promise.all(found)).some((count) => count > 0) || undefined;
      }).then(() => undefined),
  };
}

async function callSigned(
  crm: LookedAt,
  asked: { readonly url: string; readonly body: string },
  looking: Looking,
): Promise<{ status: number; text: string }> {
  const { url, headers, body } = signedByHubspot(crm.rig as HubspotRig, asked, looking);
  const answer = await fetch(url, { method: 'POST', headers, body });
  return { status: answer.status, text: await answer.text() };
}

function documentOf(body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>CRM</title><body>${body}</body></html>`;
}

/** A tab of a card of Bitrix24: a form that is posted into its frame. */
function bitrixDocument({ url, body }: { readonly url: string; readonly body: string }): string {
  const fields = [...new URLSearchParams(body)].map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${value.replaceAll('"', '&quot;')}">`,
  );
  return documentOf(`<iframe name="tab" width="1000" height="700"></iframe>
<form action="${url.replaceAll('&', '&amp;')}" method="post" target="tab">${fields.join('')}</form>
<script>document.forms[0].submit()</script>`);
}

/** A card of amoCRM with our widget, and as much of amoCRM as the widget uses. */
async function amoDocument(frameUrl: string, { ref, language = 'en' }: Look, hidesToken: boolean): Promise<string> {
  const [script, words] = await Promise.all([
    readFile(`${WIDGET}/script.js`, 'utf8'),
    readFile(`${WIDGET}/i18n/${language}.json`, 'utf8'),
  ]);
  return documentOf(`<div id="card"></div><script>
const words = ${words};
const APP = { data: { current_card: { id: ${ref?.id ?? 0} } } };
function $of(element) {
  return {
    trigger() { return this; },
    css(styles) { Object.assign(element.style, styles); return this; },
    append(...parts) { element.append(...parts); return this; },
  };
}
class Modal {
  constructor({ init }) {
    const body = document.createElement('div');
    document.body.append(body);
    init($of(body));
  }
}
// https://api.jquery.com/jquery.ajax/
async function ajax({ url, method, headers, beforeSend }, hears) {
  const token = { 'X-Auth-Token': await disposableToken() };
  const settings = { headers: { ...headers, ...(${!hidesToken} && token) } };
  if (beforeSend?.({}, settings) === false) return hears.failed.forEach((fail) => fail({ statusText: 'canceled' }));
  const sent = { ...settings.headers, ...token, accept: 'application/json, text/javascript, */*; q=0.01' };
  const answer = await fetch(url, { method, headers: sent }).catch(() => undefined);
  const json = await answer?.json();
  if (answer?.ok) hears.done.forEach((done) => done(json));
  else hears.failed.forEach((fail) => fail({ responseJSON: json }));
}
const amo = {
  system: () => ({ area: ${JSON.stringify(ref?.type === 'deal' ? 'lcard' : 'ccard')} }),
  get_settings: () => ({ frame_url: ${JSON.stringify(frameUrl)} }),
  i18n: (name) => words[name],
  render_template: ({ render }) => { document.getElementById('card').innerHTML = render; },
  $authorizedAjax(given) {
    const hears = { done: [], failed: [] };
    void ajax(given, hears);
    const deferred = {
      done(hear) { hears.done.push(hear); return deferred; },
      fail(hear) { hears.failed.push(hear); return deferred; },
    };
    return deferred;
  },
};
function define(names, make) {
  const { callbacks } = make(Modal).call(amo);
  callbacks.init();
  callbacks.render();
  callbacks.bind_actions();
}
</script><script>${script}</script>`);
}

/** A card of HubSpot with our extension, built as HubSpot builds it, on as much of its SDK as the card uses. */
async function hubspotDocument(frameUrl: string, { ref, language = 'en' }: Look): Promise<string> {
  const source = (await readFile(CARD, 'utf8')).replace(/(FRAME_URL = ')[^']*/, `$1${frameUrl}`);
  const context = {
    crm: { objectId: Number(ref?.id ?? 0), objectTypeId: ref?.type === 'deal' ? '0-3' : '0-1' },
    user: { locale: language },
  };
  const sdk = `import { h, render } from 'preact';
export const Flex = ({ children }) => h('div', {}, children);
export const Button = ({ onClick, children }) => h('button', { onClick }, children);
export const Alert = ({ title, children }) => h('div', { role: 'alert' }, title, ': ', children);
export const LoadingSpinner = ({ label }) => h('p', {}, label);
const actions = {
  openIframeModal({ uri, width, height }) {
    const frame = Object.assign(document.createElement('iframe'), { src: uri, width, height });
    document.body.append(frame);
  },
};
export const hubspot = {
  extend: (make) => render(make({ context: ${JSON.stringify(context)}, actions }), document.getElementById('card')),
  async fetch(url, { body }) {
    const { status, text } = await callSigned(url, JSON.stringify(body));
    return { ok: status < 300, status, json: async () => JSON.parse(text) };
  },
};`;
  const made = await build({
    stdin: { contents: source, loader: 'jsx', resolveDir: process.cwd() },
    bundle: true,
    write: false,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    alias: { react: 'preact/compat' },
    plugins: [
      {
        name: 'sdk',
        setup(building) {
          building.onResolve({ filter: /^@hubspot\/ui-extensions$/ }, ({ path }) => ({ path, namespace: 'sdk' }));
          building.onLoad({ filter: /./, namespace: 'sdk' }, () => ({ contents: sdk, resolveDir: process.cwd() }));
        },
      },
    ],
  });
  return documentOf(`<div id="card"></div><script type="module">${made.outputFiles[0]!.text}</script>`);
}
