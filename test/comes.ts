/**
 * Resolves when `has` says so. It is for tests that have stopped the clock: what vitest waits with (`expect.poll`,
 * `vi.waitFor`, `vi.waitUntil`) moves a stopped clock each time it looks, the further the slower the machine is.
 */
export async function comes(has: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await has())) await new Promise(setImmediate);
}
