import { inspect } from 'node:util';

/** The results of checks, printed while they run. */
export class Report {
  passed = 0;
  failed = 0;
  private readonly startedAt = performance.now();
  private readonly print: (line: string) => void;

  constructor(print: (line: string) => void = console.log) {
    this.print = print;
  }

  /** Runs a preparation. What it throws is thrown on. */
  async step<T>(what: string, run: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    try {
      return await run();
    } finally {
      this.print(`     ${seconds(startedAt)}  ${what}`);
    }
  }

  /**
   * Runs a check. A failure is printed at once, because other checks go on beside it; counted; and thrown on, because later
   * checks build on this one.
   */
  async check<T>(what: string, run: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    try {
      const value = await run();
      this.passed += 1;
      this.print(`ok   ${seconds(startedAt)}  ${what}`);
      return value;
    } catch (error) {
      this.failed += 1;
      this.print(`FAIL ${seconds(startedAt)}  ${what}\n${inspect(error)}`);
      throw error;
    }
  }

  /** Prints the last line. */
  close(): void {
    this.print(`${this.passed} passed, ${this.failed} failed (${seconds(this.startedAt).trim()})`);
  }
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(2).padStart(6)} s`;
}
