import OpenApiExplorer from 'openapi-explorer/dist/es/openapi-explorer.js';
import type { Description, Entry } from './description.ts';
import { samplesOf } from './description.ts';
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

  /** Places of the viewer become places of this page. */
  override async scrollTo(place?: unknown): Promise<void> {
    const [, name] = /^cmp--schemas-(.+)$/.exec(String(place)) ?? [];
    if (name !== undefined) location.hash = `#schema/${name}`;
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
    hideExecution: true,
    hideAuthentication: true,
    hideServerSelection: true,
    hideInfo: true,
    hideSearch: true,
  });
  room.replaceChildren(viewer);
  await viewer.loadSpec(inPlainWords(description));

  function show(elementId: string, ...slotted: readonly HTMLElement[]): void {
    viewer.replaceChildren(...slotted);
    for (const { subComponents } of viewer.resolvedSpec!.components) {
      for (const component of subComponents) component.expanded = elementId === `cmp--${component.id}`;
    }
    viewer.explorerLocation = elementId;
  }

  return {
    async show(hash) {
      const entry = entries.find((one) => one.hash === hash);
      if (entry) {
        const { elementId } = viewer
          .resolvedSpec!.tags.flatMap(({ paths }) => paths)
          .find(({ method, path }) => method === entry.method.toLowerCase() && path === entry.path)!;
        show(elementId, ...slottedOf(entry, elementId));
        await dress(viewer);
      } else {
        show(`cmp--schemas-${hash.replace('#schema/', '').toLowerCase()}`);
      }
      await viewer.updateComplete;
      return entry?.name ?? hash.replace('#schema/', '');
    },
  };
}

/** What stands in the viewer in the place of its own: samples in all languages, and the example of a body. */
function slottedOf(entry: Entry, elementId: string): HTMLElement[] {
  const { operation } = entry;
  const samples = samplesOf(operation);
  const [{ example } = {}] = Object.values(operation.requestBody?.content ?? {});
  const slotted: HTMLElement[] = [inSlot(needOf(entry), 'path-details')];
  if (samples.length > 0) slotted.push(inSlot(sampleGroup(samples), 'path-details'));
  if (example !== undefined) {
    const block = codeBlock({ language: 'json', label: 'Request body', source: JSON.stringify(example, null, 2) });
    slotted.push(inSlot(block, `${elementId}--request-body`));
  }
  return slotted;
}

const KEYS: Readonly<Record<string, string>> = { apiKey: 'an API key', operatorKey: 'the operator key' };

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

function inSlot(element: HTMLElement, slot: string): HTMLElement {
  element.slot = slot;
  return element;
}
