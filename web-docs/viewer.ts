import OpenApiExplorer from 'openapi-explorer/dist/es/openapi-explorer.js';
import { type Description, type Entry, type Example, examplesOf, samplesOf } from './description.ts';
import { inPlainWords } from './plain-schema.ts';
import { codeBlock, dress, sampleGroup } from './samples.ts';
import { dressParts, viewerStyle } from './viewer-style.ts';

/** Shows one place of the reference at a time. */
export interface Reference {
  /** Resolves with the name of the place, or with undefined if there is none. */
  show(hash: string): Promise<string | undefined>;
}

/**
 * The viewer without its own list, search and addresses, which this page has, and without calls of the API: a key is
 * nowhere typed in.
 */
class Viewer extends OpenApiExplorer {
  static override finalizeStyles() {
    return [...OpenApiExplorer.finalizeStyles(), viewerStyle];
  }

  /** The same at every width. */
  override handleResize(): void {
    this.renderStyle = 'focused';
  }

  /** This page scrolls. */
  override async scrollTo(): Promise<void> {}

  /** Places of the viewer become places of this page. */
  override async scrollToSchemaComponentByName({ detail }: CustomEvent<string>): Promise<void> {
    location.hash = `#schema/${detail}`;
  }
}

/** Loads the description into a viewer in that room. */
export async function createReference(
  room: HTMLElement,
  description: Description,
  entries: readonly Entry[],
): Promise<Reference> {
  if (!customElements.get('konvert-reference')) customElements.define('konvert-reference', Viewer);
  dressParts();
  const viewer = new Viewer();
  Object.assign(viewer, {
    includeNulls: true,
    hideExecution: true,
    hideAuthentication: true,
    hideServerSelection: true,
    hideInfo: true,
    hideSearch: true,
  });
  const nowhere = Object.assign(document.createElement('p'), {
    role: 'status',
    textContent: 'There is no such place.',
  });
  nowhere.hidden = true;
  room.replaceChildren(viewer, nowhere);
  await viewer.loadSpec(inPlainWords(description));

  const { tags, components } = viewer.resolvedSpec!;
  const schemas = components.filter(({ componentKeyId }) => componentKeyId === 'schemas');
  viewer.resolvedSpec!.components = schemas;

  async function showEntry(entry: Entry): Promise<string> {
    const { elementId } = tags
      .flatMap(({ paths }) => paths)
      .find(({ method, path }) => method === entry.method.toLowerCase() && path === entry.path)!;
    viewer.replaceChildren(...slottedOf(entry));
    viewer.explorerLocation = elementId;
    await dress(viewer);
    return entry.name;
  }

  function showSchema(wanted: string): string | undefined {
    const all = schemas.flatMap(({ subComponents }) => subComponents);
    for (const schema of all) schema.expanded = schema.name === wanted;
    const shown = all.find(({ expanded }) => expanded);
    // The location is the same for all of them, so a change of it draws nothing.
    viewer.explorerLocation = 'cmp--schemas';
    viewer.requestUpdate();
    return shown?.name;
  }

  return {
    async show(hash) {
      const entry = entries.find((one) => one.hash === hash);
      const schema = entry ? undefined : showSchema(hash.replace('#schema/', ''));
      viewer.hidden = !entry && schema === undefined;
      nowhere.hidden = !viewer.hidden;
      const name = entry ? await showEntry(entry) : schema;
      await viewer.updateComplete;
      return name;
    },
  };
}

/** What stands above what the viewer shows: the key, samples in all languages, and all examples of the body. */
function slottedOf(entry: Entry): HTMLElement[] {
  const samples = samplesOf(entry.operation);
  const examples = examplesOf(entry.operation);
  return [
    needOf(entry),
    ...(samples.length > 0 ? [sampleGroup(samples)] : []),
    // One example alone is in the samples.
    ...(examples.length < (samples.length > 0 ? 2 : 1)
      ? []
      : [titleOf('Examples of the body'), ...examples.map(exampleOf)]),
  ].map((element) => {
    element.slot = 'path-details';
    return element;
  });
}

function titleOf(text: string): HTMLElement {
  return Object.assign(document.createElement('h3'), { textContent: text });
}

function exampleOf({ summary = 'Example', value }: Example): HTMLElement {
  const details = document.createElement('details');
  details.className = 'example';
  const title = Object.assign(document.createElement('summary'), { textContent: summary });
  details.append(title, codeBlock({ language: 'json', label: 'JSON', source: JSON.stringify(value, null, 2) }));
  return details;
}

const KEYS: Readonly<Record<string, string>> = {
  apiKey: 'an API key',
  operatorKey: 'the operator key',
  pageToken: 'a token of the page',
  device: 'the cookie of a signed-in browser',
};

/** Which key the route takes, in a sentence that leads to the guide. */
function needOf({ isEvent, operation: { security = [] } }: Entry): HTMLElement {
  const keys = security.flatMap((one) => Object.keys(one)).map((name) => KEYS[name] ?? name);
  const line = document.createElement('p');
  line.className = 'need';
  if (isEvent) line.append('Konvert makes this call to your address.');
  else if (keys.length === 0) line.append('Needs no key.');
  else
    line.append(
      'Needs ',
      Object.assign(document.createElement('a'), { href: '#authentication', textContent: keys.join(' or ') }),
      '.',
    );
  return line;
}
