import { readFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';

/** Something that failed, and why, in as few lines as tell it. */
export interface Failure {
  readonly what: string;
  readonly why: string;
}

/** What a run of vitest came to. */
export interface Counted {
  readonly passed: number;
  readonly failures: readonly Failure[];
}

/** How many lines tell of one failure. What CI shows of an output is its end. */
const MOST_LINES = 60;

/** The part of vitest's JSON report that is read. It has the form of Jest's. */
interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/** Reads what vitest wrote with its JSON reporter. Without a report, as after a crash, nothing passed and none is known. */
export async function readReport(file: string): Promise<Counted> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (text === '') return { passed: 0, failures: [] };
  const { numPassedTests, testResults } = JSON.parse(text) as Report;
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = name.replace(/^.*\/(?=(test|bench)\/)/, '');
    const failed = assertionResults.filter((one) => one.status === 'failed');
    // A file has no failed test if its preparation failed.
    if (failed.length === 0) return status === 'failed' ? [failure(file, message ?? '', 'first')] : [];
    return failed.map((one) => failure(`${file} > ${one.fullName}`, (one.failureMessages ?? []).join('\n'), 'first'));
  });
  return { passed: numPassedTests, failures };
}

/** A failure of that name. Of a longer text its first or last lines are kept. */
export function failure(what: string, text: string, kept: 'first' | 'last'): Failure {
  const lines = stripVTControlCharacters(text).trimEnd().split('\n');
  const part = kept === 'first' ? lines.slice(0, MOST_LINES) : lines.slice(-MOST_LINES);
  return { what, why: part.join('\n') };
}
