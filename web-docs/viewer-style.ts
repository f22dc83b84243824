import { type CSSResult, css } from 'lit';

/**
 * The viewer in the colours of this page, for all its parts. Much of what it looks like is set at each element, so that
 * only `!important` counts more.
 */
export const viewerStyle = css`
  :host(konvert-reference) {
    --bg: var(--ground);
    --bg2: var(--sunk);
    --bg3: var(--sunk);
    --light-bg: var(--hover);
    --fg: var(--ink);
    --fg2: var(--ink-2);
    --fg3: var(--ink-2);
    --light-fg: var(--ink-2);
    --selection-bg: var(--chosen);
    --selection-fg: var(--ink);
    --border-color: var(--line);
    --light-border-color: var(--line);
    --code-border-color: var(--line);
    --input-bg: var(--sunk);
    --hover-color: var(--hover);
    --primary-color: var(--accent);
    --secondary-color: var(--accent);
    --primary-btn-text-color: var(--ground);
    --inline-code-fg: var(--ink);
    --code-fg: var(--ink);
    --code-property-color: var(--accent);
    --code-keyword-color: var(--odd);
    --code-operator-color: var(--ink-2);
    --green: var(--good);
    --blue: var(--accent);
    --red: var(--bad);
    --orange: var(--late);
    --yellow: var(--late);
    --purple: var(--odd);
    --gray: var(--ink-2);
    --border-radius: 6px;
    --font-regular: var(--sans);
    --font-mono: var(--mono);
    --font-size-small: 0.875rem;
    --font-size-mono: 0.8125rem;
    --font-size-regular: 1rem;
    display: block;
    height: auto;
    max-width: 58rem;
    overflow: visible;
    background: none;
  }

  .nav-bar,
  .security-info-button {
    display: none;
  }

  .body,
  .main-content {
    display: block;
    height: auto;
    overflow: visible;
  }

  .main-content-inner,
  .section-gap--focused-mode {
    padding: 0;
  }

  h1.title,
  .title.tag {
    display: block !important;
    margin: 0;
    color: var(--ink-2);
    font-size: 0.875rem;
    font-weight: 600;
    cursor: auto;
    text-decoration: none !important;
  }

  .title.tag,
  .req-res-title,
  .table-title,
  .tab-btn {
    text-transform: lowercase;
  }

  .title.tag::first-letter,
  .req-res-title::first-letter,
  .table-title::first-letter,
  .tab-btn::first-letter {
    text-transform: uppercase;
  }

  h2 {
    margin: 0.25rem 0 0;
    font-size: 1.625rem;
    font-weight: 700;
    line-height: 1.25;
    letter-spacing: -0.015em;
    overflow-wrap: anywhere;
  }

  .mono-font > .method-fg + span {
    overflow-wrap: anywhere;
    font-family: var(--mono);
    font-size: 0.9375rem;
  }

  .method-fg {
    margin-right: 0.25rem;
    font-family: var(--mono);
    font-size: 0.9375rem;
  }

  .m-markdown a,
  .m-markdown-small a {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  .m-markdown a,
  .m-markdown li,
  .m-markdown p,
  .m-markdown span {
    line-height: 1.6;
  }

  .m-markdown-small a,
  .m-markdown-small li,
  .m-markdown-small p,
  .m-markdown-small span {
    line-height: 1.5;
  }

  .api-request.focused-mode,
  .focused-mode {
    margin-top: 2rem;
    padding-top: 1.5rem;
    border-top: 1px solid var(--line);
  }

  .req-res-title {
    font-size: 1.25rem;
  }

  .table-title.row {
    display: block;
  }

  .table-title.top-gap {
    margin-top: 1.25rem;
    margin-bottom: 0.5rem;
    font-size: 0.9375rem;
  }

  .m-table,
  .m-table tbody,
  .m-table td {
    display: block;
    border: 0;
  }

  .m-table td,
  .m-table td * {
    margin-top: 0 !important;
  }

  .m-table td {
    width: auto !important;
    padding: 0;
    border: 0 !important;
  }

  .m-table td:nth-child(2):empty {
    display: none;
  }

  .m-table tr {
    display: grid;
    grid-template-columns: minmax(8rem, 14rem) auto minmax(0, 1fr);
    gap: 0.25rem 1rem;
    padding: 0.6rem 0;
    border-top: 1px solid var(--line);
  }

  .param-name,
  .param-type {
    margin: 0 !important;
    line-height: 1.5;
    text-align: left;
  }

  .param-name {
    font-weight: 600;
  }

  div:has(> .m-table) {
    overflow: visible !important;
  }

  .table > div {
    border: 0 !important;
  }

  .table > div > div:first-child {
    display: none !important;
  }

  .table .tr {
    display: grid;
    grid-template-columns: minmax(10rem, 17rem) minmax(0, 1fr);
    gap: 0 1rem;
    width: 100%;
    padding: 0.6rem 0;
    border-bottom: 1px solid var(--line);
  }

  .table .td {
    padding: 0;
  }

  .m-markdown {
    font-family: var(--sans);
  }

  .table .key {
    grid-row: 1 / span 2;
    color: var(--ink);
    font-weight: 600;
  }

  .table .key-descr {
    display: block;
    grid-column: 2;
    color: var(--ink-2);
    overflow-wrap: anywhere;
  }

  .table .key-descr:not(:has(:is(p, div, span) :not(:empty), .m-markdown-small:not(:empty))) {
    display: none;
  }

  .xxx-of-key {
    background: none;
    color: var(--ink-2);
    text-transform: lowercase;
  }

  .schema-link {
    border-radius: 4px;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  .tab-buttons {
    height: auto;
    min-height: 2.25rem;
  }

  .tab-btn {
    padding: 0.35rem 0.1rem;
  }

  select {
    appearance: auto;
  }

  /* The examples stand above. */
  .request-body-container .tab-buttons {
    display: none;
  }

  .m-btn {
    border: 1px solid var(--line);
    box-shadow: none;
    color: var(--ink-2);
  }

  .m-btn.small {
    padding: 0.5rem 0.85rem;
  }

  .m-btn.outline-primary {
    border-color: var(--line);
    background: var(--raised);
    color: var(--ink-2);
  }

  :focus-visible {
    outline: 2px solid var(--accent) !important;
    outline-offset: 1px;
  }

  .json-tree,
  pre {
    border: 1px solid var(--line);
    border-radius: 8px;
    line-height: 1.5 !important;
  }

  .example-panel .example {
    padding: 0;
  }

  @media (max-width: 48rem) {
    .m-table tr {
      grid-template-columns: minmax(0, 1fr);
    }

    .table .tr {
      grid-template-columns: auto minmax(0, 1fr);
    }

    .table .key {
      grid-row: 1;
    }

    .table .key-descr {
      grid-column: 1 / span 2;
      padding-left: 1.5rem;
    }

    h2 {
      font-size: 1.375rem;
    }
  }
`;

interface Part extends HTMLElement {
  updated(changed: unknown): void;
  readonly shadowRoot: ShadowRoot;
}

/** Gives the parts of the viewer their style, and keys to what could only be pressed by a pointer. */
export function dressParts(): void {
  for (const name of ['api-response', 'schema-table', 'syntax-highlighter', 'json-tree']) {
    const part = customElements.get(name) as { elementStyles?: CSSResult[] } | undefined;
    part?.elementStyles?.push(viewerStyle);
  }
  const { prototype } = customElements.get('schema-table') as unknown as { prototype: Part };
  const { updated } = prototype;
  prototype.updated = function (this: Part, changed) {
    updated.call(this, changed);
    for (const link of this.shadowRoot.querySelectorAll<HTMLElement>('.schema-link')) {
      Object.assign(link, { role: 'link', tabIndex: 0 });
      link.onkeydown = ({ key }) => key === 'Enter' && link.click();
    }
  };
}
