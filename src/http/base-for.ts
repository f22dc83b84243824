const OWN_MACHINE = /^https?:\/\/((?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)$/;

/**
 * The base of addresses for the one who called `origin`: the public one if it is known. A Konvert that only this machine
 * reaches is reached by each of the machine's names, and keeps the one that was used.
 */
export function baseFor(publicUrl: string | undefined, origin: string): string {
  const [, used] = OWN_MACHINE.exec(origin) ?? [];
  return used !== undefined && OWN_MACHINE.test(publicUrl ?? '') ? `http://${used}` : (publicUrl ?? origin);
}
