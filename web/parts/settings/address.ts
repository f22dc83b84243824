import { attempt } from '../../core/attempt.ts';

/** The address of the menu, which is a step of its own on a phone. */
export const MENU = '#/settings';

/** The address of a screen, and of what it shows. */
export function addressOf(name: string, ...path: readonly string[]): string {
  return [MENU, ...[name, ...path].map(encodeURIComponent)].join('/');
}

/** What an address behind `#` names: a screen with what it shows, or the menu. Undefined: none of the settings. */
export function placeIn(location: string): { readonly name?: string; readonly path: readonly string[] } | undefined {
  // A cut address, such as `%D0%`, cannot be read.
  const [, room, name, ...path] = attempt(() => location.split('/').map(decodeURIComponent)) ?? [];
  if (room !== 'settings') return undefined;
  return { ...(name && { name }), path };
}
