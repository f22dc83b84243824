/** A rule that a history broke, with the seed that breaks it again. */
export class BrokenRuleError extends Error {
  readonly seed: number;

  constructor(seed: number, what: string) {
    super(`Seed ${seed}: ${what}`);
    this.name = 'BrokenRuleError';
    this.seed = seed;
  }
}
