import type { Entry } from './description.ts';

/** Fills the list of all routes, by tags, and links the routes that the guide names to their places in the reference. */
export function showRoutes(list: HTMLElement, guide: HTMLElement, entries: readonly Entry[]): void {
  const byTag = Map.groupBy(entries, ({ tag }) => tag);
  list.replaceChildren(...[...byTag].map(([tag, routes]) => groupOf(tag, routes)));
  for (const code of guide.querySelectorAll(':not(pre):not(a) > code')) {
    const entry = entries.find(({ method, path }) => code.textContent === `${method} ${path}`);
    if (!entry) continue;
    const link = linkTo(entry.hash);
    code.replaceWith(link);
    link.append(code);
  }
}

function groupOf(tag: string, routes: readonly Entry[]): HTMLElement {
  const group = document.createElement('details');
  const title = document.createElement('summary');
  title.textContent = tag;
  const list = document.createElement('ul');
  for (const { hash, method, isEvent, name } of routes) {
    const link = linkTo(hash);
    const text = document.createElement('span');
    text.textContent = name;
    link.append(text, methodOf(isEvent ? 'EVENT' : method));
    const item = document.createElement('li');
    item.append(link);
    list.append(item);
  }
  group.append(title, list);
  return group;
}

/** A method as a small mark in its colour. */
export function methodOf(method: string): HTMLElement {
  const mark = document.createElement('span');
  mark.className = `method method-${method.toLowerCase()}`;
  mark.textContent = method;
  return mark;
}

function linkTo(hash: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = hash;
  return link;
}

/** Marks the link of what is shown, and opens its group. */
export function markCurrent(contents: HTMLElement, hash: string): void {
  for (const link of contents.querySelectorAll('a')) {
    if (link.getAttribute('href') !== hash) {
      link.removeAttribute('aria-current');
      continue;
    }
    link.setAttribute('aria-current', 'page');
    link.closest('details')?.setAttribute('open', '');
    link.scrollIntoView({ block: 'nearest' });
  }
}
