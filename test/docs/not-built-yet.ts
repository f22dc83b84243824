/** A rule of which nothing is built, and why. */
interface NotBuilt {
  readonly rule: string;
  readonly why: string;
}

/** Rules of `docs/rules.md` that no test can show yet. A change that builds one removes it and has a test cite it. */
export const notBuiltYet: readonly NotBuilt[] = [{ rule: 'R5', why: 'no CRM with a chat of its own is connected' }];
