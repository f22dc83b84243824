import type { App, Line } from '../../models.ts';

/** The line that is `step` lines away from the open one; without an open one, the first or the last. */
export function neighbour(lines: readonly Line[], openKey: string | undefined, step: 1 | -1): Line | undefined {
  const open = lines.filter(({ isLost }) => !isLost);
  const at = open.findIndex(({ key }) => key === openKey);
  return at < 0 ? open.at(step > 0 ? 0 : -1) : open[at + step];
}

/** The next line below the open one in which somebody waits, going round at the end. */
export function nextUnanswered(lines: readonly Line[], openKey: string | undefined): Line | undefined {
  const at = lines.findIndex(({ key }) => key === openKey);
  const round = [...lines.slice(at + 1), ...lines.slice(0, Math.max(0, at))];
  return round.find(({ chats, isLost }) => !isLost && chats[0].unanswered);
}

/** Opens the line, if there is one. */
export function openLine(app: App, line: Line | undefined): void {
  if (line) app.open(line.chats[0]);
}

/** Moves the focus to the pane after, or before, the one that has it. A pane is marked by `data-pane`. */
export function walkPanes(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.checkVisibility());
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const from = at < 0 && step < 0 ? 0 : at;
  for (let tried = 1; tried <= panes.length; tried += 1) {
    const pane = panes[(from + step * tried + panes.length * tried) % panes.length];
    if (pane && focusIn(pane)) return;
  }
}

function focusIn(pane: HTMLElement): boolean {
  const inside = pane.querySelector<HTMLElement>('[data-pane-focus], [tabindex="0"], textarea:enabled');
  const target = inside ?? pane;
  target.focus();
  return document.activeElement === target;
}
