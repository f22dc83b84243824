import { markCurrent, showRoutes } from './contents.ts';
import { type Description, type Entry, entriesOf } from './description.ts';
import { dress } from './samples.ts';
import { findEntries, findSections, useSearch } from './search.ts';
import { useTheme } from './theme.ts';
import type { Reference } from './viewer.ts';

const part = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const contents = part('contents');
const guide = part('guide');
const reference = part('reference');
const menu = part('menu');
const TITLE = document.title;

useTheme(part('theme'));
const sections = findSections(guide);
let described: Promise<{ description: Description; entries: Entry[] }> | undefined;
let findable = sections;
useSearch(part('search'), part('find'), () => findable);
menu.addEventListener('click', () => openMenu(menu.ariaExpanded !== 'true'));
contents.addEventListener('click', (event) => {
  if ((event.target as Element).closest('a')) openMenu(false);
});
addEventListener('hashchange', () => void showPlace());
void dress(guide);
void showPlace();
describe().then(
  ({ description, entries }) => {
    showRoutes(part('routes'), guide, entries);
    findable = [...sections, ...findEntries(entries, description)];
    markCurrent(contents, location.hash || '#konvert-api');
  },
  () => part('routes').append(noteOf('The list of routes is not there. Load the page anew.')),
);

/** Asks for the description once; after a failure, when it is needed again. */
function describe() {
  described ??= fetch('openapi.json').then(async (answer) => {
    if (!answer.ok) throw new Error(`openapi.json: ${answer.status}`);
    const description = (await answer.json()) as Description;
    return { description, entries: entriesOf(description) };
  });
  described.catch(() => {
    described = undefined;
  });
  return described;
}

function openMenu(isOpen: boolean): void {
  menu.ariaExpanded = String(isOpen);
}

/** The guide, or the place of the reference that the address names. */
async function showPlace(): Promise<void> {
  const { hash } = location;
  const isReference = /^#(api|schema)\//.test(hash);
  guide.hidden = isReference;
  reference.hidden = !isReference;
  openMenu(false);
  if (isReference) await showReference(hash);
  else showSection(hash);
  markCurrent(contents, location.hash || '#konvert-api');
}

function showSection(hash: string): void {
  const heading = [...document.querySelectorAll<HTMLElement>('[id]')].find(
    ({ id }) => hash === `#${encodeURIComponent(id)}`,
  );
  document.title = TITLE;
  if (!heading) return;
  heading.scrollIntoView();
  heading.focus({ preventScroll: true });
}

let viewer: Promise<Reference> | undefined;

async function showReference(hash: string): Promise<void> {
  if (!viewer) reference.replaceChildren(noteOf('Loading…'));
  try {
    const [{ createReference }, { description, entries }] = await Promise.all([import('./viewer.ts'), describe()]);
    viewer ??= createReference(reference, description, entries);
    const name = await (await viewer).show(hash);
    // Another place was opened meanwhile.
    if (location.hash !== hash) return;
    document.title = name ? `${name} – ${TITLE}` : TITLE;
    scrollTo(0, 0);
    part('content').focus({ preventScroll: true });
  } catch (error) {
    viewer = undefined;
    reference.replaceChildren(
      noteOf(`The reference cannot be shown: ${(error as Error).message}. Load the page anew.`),
    );
  }
}

function noteOf(text: string): HTMLElement {
  const note = document.createElement('p');
  note.role = 'status';
  note.textContent = text;
  return note;
}
