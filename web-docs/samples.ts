import { recall, remember } from './memory.ts';

/** What a block of code is, and what it says. */
export interface Sample {
  readonly language: string;
  readonly label: string;
  readonly source: string;
}

const CHOSEN = 'konvert-docs-language';
const COPIED_MS = 2000;
let nextId = 0;

/** A block of code as an element, as the guide has it. */
export function codeBlock({ language, label, source }: Sample): HTMLElement {
  const figure = document.createElement('figure');
  figure.className = 'code';
  Object.assign(figure.dataset, { language, label });
  const pre = document.createElement('pre');
  Object.assign(pre, { tabIndex: 0, role: 'group', ariaLabel: label });
  const code = document.createElement('code');
  code.textContent = source;
  pre.append(code);
  figure.append(pre);
  return figure;
}

/** The same in several languages, as an element that shows one of them. */
export function sampleGroup(samples: readonly Sample[]): HTMLElement {
  const group = document.createElement('div');
  group.className = 'samples';
  group.append(...samples.map(codeBlock));
  return group;
}

/** Gives all code below that element its colours and a button that copies it, and groups of it their tabs. */
export async function dress(root: ParentNode): Promise<void> {
  for (const group of root.querySelectorAll<HTMLElement>('.samples:not(.dressed)')) addTabs(group);
  const figures = [...root.querySelectorAll<HTMLElement>('figure.code:not(.dressed)')];
  for (const figure of figures) addCopy(figure);
  const { coloured } = await import('./code.ts');
  for (const figure of figures) {
    const code = figure.querySelector('code')!;
    code.replaceChildren(...coloured(code.textContent ?? '', figure.dataset.language ?? ''));
  }
}

function addCopy(figure: HTMLElement): void {
  figure.classList.add('dressed');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.ariaLabel = `Copy ${figure.dataset.label}`;
  const said = document.createElement('span');
  said.role = 'status';
  said.className = 'unseen';
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(figure.querySelector('code')?.textContent ?? '');
      button.textContent = said.textContent = 'Copied';
    } catch {
      button.textContent = said.textContent = 'Not allowed';
    }
    setTimeout(() => {
      button.textContent = 'Copy';
      said.textContent = '';
    }, COPIED_MS);
  });
  figure.append(button, said);
}

function addTabs(group: HTMLElement): void {
  group.classList.add('dressed');
  const list = document.createElement('div');
  Object.assign(list, { role: 'tablist', ariaLabel: 'Language' });
  for (const figure of group.querySelectorAll<HTMLElement>('figure.code')) {
    nextId += 1;
    const tab = document.createElement('button');
    Object.assign(tab, { type: 'button', role: 'tab', id: `tab-${nextId}`, textContent: figure.dataset.label });
    Object.assign(figure, { role: 'tabpanel', id: `panel-${nextId}` });
    tab.setAttribute('aria-controls', figure.id);
    figure.setAttribute('aria-labelledby', tab.id);
    tab.addEventListener('click', () => choose(tab.textContent ?? ''));
    list.append(tab);
  }
  list.addEventListener('keydown', moveAmongTabs);
  group.prepend(list);
  show(group, recall(CHOSEN));
}

function moveAmongTabs(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const tabs = tabsOf(event.currentTarget as HTMLElement);
  const at = tabs.indexOf(event.target as HTMLElement);
  const next = step === undefined || at < 0 ? undefined : tabs.at((at + step) % tabs.length);
  if (!next) return;
  event.preventDefault();
  choose(next.textContent ?? '');
  next.focus();
}

function tabsOf(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>('[role=tab]')];
}

/** Shows that language, or the first if the group does not have it. */
function show(group: HTMLElement, label: string | null): void {
  const tabs = tabsOf(group);
  const shown = tabs.find(({ textContent }) => textContent === label) ?? tabs[0];
  for (const tab of tabs) {
    tab.ariaSelected = String(tab === shown);
    tab.tabIndex = tab === shown ? 0 : -1;
    group.querySelector<HTMLElement>(`#${tab.getAttribute('aria-controls')}`)!.hidden = tab !== shown;
  }
}

/** Who reads one language reads it everywhere. */
function choose(label: string): void {
  remember(CHOSEN, label);
  for (const group of document.querySelectorAll<HTMLElement>('.samples.dressed')) show(group, label);
}
