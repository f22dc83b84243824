/** The address of a screen, and of what it shows. */
export function addressOf(name: string, ...path: readonly string[]): string {
  return ['#/settings', name, ...path].map((part, index) => (index === 0 ? part : encodeURIComponent(part))).join('/');
}
