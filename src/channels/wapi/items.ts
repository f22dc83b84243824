/** All items of a list, none of anything else. A webhook has thousands at most, and none of them may be lost. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
