import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

/** What axe tells of a rule that is broken. */
interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary: string }[];
}

const require = createRequire(import.meta.url);
let source: Promise<string> | undefined;

/** A colour that is on its way to another one, or something that slides in, is no fault of the page: it ends soon. */
const ANIMATED = `Promise.allSettled(document.getAnimations()
  .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime ?? 0))
  .map(({ finished }) => finished)).then(() => {})`;

/**
 * What axe finds wrong in the page once that is drawn, a line for each element: the rule, what it is about, and where.
 */
export async function axe(page: Page | Frame): Promise<string[]> {
  await page.locator('main').first().waitFor();
  source ??= readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  // Not as a script of the page: its policy lets none in.
  await page.evaluate(await source);
  // In one go: between two something may begin to move.
  const violations = (await page.evaluate(
    `${ANIMATED}.then(() => axe.run()).then(({ violations }) => violations)`,
  )) as Violation[];
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary: why }) => `${id}: ${help}: ${target.join(' ')}: ${why.replaceAll(/\s+/g, ' ')}`,
    ),
  );
}
