import { methodOf } from './contents.ts';
import { type Description, type Entry, fieldsOf } from './description.ts';

/** Something that can be found: what is shown of it, what is looked at, and its place. */
interface Findable {
  readonly hash: string;
  readonly title: string;
  readonly method: string | undefined;
  readonly more: string;
  /** The names, in lower case: what is found here stands before what is found in `text`. */
  readonly names: string;
  readonly text: string;
}

const MOST = 30;

/** The sections of the guide. */
export function findSections(guide: HTMLElement): Findable[] {
  return [...guide.querySelectorAll('h2, h3')].map((heading) => {
    const title = heading.textContent ?? '';
    let text = '';
    for (let next = heading.nextElementSibling; next && !/^H[123]$/.test(next.tagName); next = next.nextElementSibling)
      text += ` ${next.textContent}`;
    return {
      hash: `#${heading.id}`,
      title,
      method: undefined,
      more: 'Guide',
      names: title.toLowerCase(),
      text: text.toLowerCase(),
    };
  });
}

/** The routes and the shapes of the reference. */
export function findEntries(entries: readonly Entry[], description: Description): Findable[] {
  const routes = entries.map(({ hash, method, path, isEvent, name, operation }) => ({
    hash,
    title: path,
    method: isEvent ? 'EVENT' : method,
    more: operation.summary,
    names: `${method} ${path} ${operation.operationId} ${name}`.toLowerCase(),
    text: `${operation.summary} ${operation.description ?? ''} ${fieldsOf(operation, description).join(' ')}`.toLowerCase(),
  }));
  const shapes = Object.keys(description.components.schemas).map((name) => ({
    hash: `#schema/${name}`,
    title: name,
    method: undefined,
    more: 'Schema',
    names: name.toLowerCase(),
    text: '',
  }));
  return [...routes, ...shapes];
}

/** What holds every word of the question. The names that begin with it come first, then other names, then texts. */
function find(all: readonly Findable[], question: string): Findable[] {
  const asked = question.toLowerCase().trim();
  const words = asked.split(/\s+/).filter((word) => word !== '');
  const rank = ({ names, text }: Findable) => {
    if (names === asked || names.startsWith(`${asked} `)) return 0;
    if (names.startsWith(asked)) return 1;
    if (words.every((word) => names.includes(word))) return 2;
    return words.every((word) => names.includes(word) || text.includes(word)) ? 3 : undefined;
  };
  return all
    .flatMap((one) => {
      const at = rank(one);
      return at === undefined ? [] : [{ one, at }];
    })
    .toSorted((a, b) => a.at - b.at)
    .slice(0, MOST)
    .map(({ one }) => one);
}

/** The dialog that searches. It is opened by the button, by Ctrl or ⌘ with K, and by `/`. */
export function useSearch(dialog: HTMLDialogElement, button: HTMLElement, all: () => readonly Findable[]): void {
  const input = dialog.querySelector('input')!;
  const list = dialog.querySelector<HTMLElement>('[role=listbox]')!;
  const nothing = dialog.querySelector('p')!;
  let chosen = 0;

  function open(): void {
    if (dialog.open) return;
    input.value = '';
    show();
    dialog.showModal();
  }

  function show(): void {
    const found = find(all(), input.value);
    list.replaceChildren(...found.map(optionOf));
    list.hidden = found.length === 0;
    nothing.textContent = found.length === 0 ? 'Nothing found' : '';
    choose(0);
  }

  function choose(index: number): void {
    const options = [...list.children] as HTMLElement[];
    chosen = options.length === 0 ? 0 : (index + options.length) % options.length;
    for (const [at, option] of options.entries()) option.ariaSelected = String(at === chosen);
    const id = options[chosen]?.id;
    if (id === undefined) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', id);
    options[chosen]?.scrollIntoView({ block: 'nearest' });
  }

  function go(option: Element | null | undefined): void {
    const hash = (option as HTMLElement | null | undefined)?.dataset.hash;
    if (hash === undefined) return;
    dialog.close();
    location.hash = hash;
  }

  button.addEventListener('click', open);
  document.addEventListener('keydown', (event) => {
    const isField = event
      .composedPath()
      .some((one) => one instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(one.tagName));
    const isAsked = (event.key === '/' && !isField) || (event.code === 'KeyK' && (event.ctrlKey || event.metaKey));
    if (!isAsked) return;
    event.preventDefault();
    open();
  });
  input.addEventListener('input', show);
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) choose(chosen + step);
    else if (event.key === 'Enter') go(list.children[chosen]);
    else return;
    event.preventDefault();
  });
  list.addEventListener('click', (event) => go((event.target as Element).closest('[role=option]')));
  // A press outside, which is on the dialog itself.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
}

function optionOf({ hash, title, method, more }: Findable, index: number): HTMLElement {
  const option = document.createElement('div');
  Object.assign(option, { role: 'option', id: `found-${index}` });
  option.dataset.hash = hash;
  const name = document.createElement('span');
  name.className = 'name';
  if (method) name.append(methodOf(method), ' ');
  name.append(title);
  const rest = document.createElement('span');
  rest.className = 'more';
  rest.textContent = more;
  option.append(name, rest);
  return option;
}
