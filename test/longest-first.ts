import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of few lines that take long, the longest first. Whichever of them begins last, the others wait for at the end. */
const LONG = [
  'scheduler/history.test.ts',
  'page/company.int.test.ts',
  'lib/konvert-stack.test.ts',
  'page/docs.int.test.ts',
  'page/day.int.test.ts',
  'e2e/own-bot.int.test.ts',
  'scheduler/identity-history.test.ts',
  'e2e/demo.int.test.ts',
  'e2e/events.int.test.ts',
  'scheduler/events-history.test.ts',
  'e2e/live-counter.int.test.ts',
  'scheduler/clients-history.test.ts',
  'clients/generated.int.test.ts',
  'clients/package.int.test.ts',
  'scheduler/memory-dynamo.int.test.ts',
  'e2e/crash.int.test.ts',
  'functions/pace.test.ts',
  'e2e/receiver-day.int.test.ts',
  'page/shell.int.test.ts',
  'page/faults.int.test.ts',
  'scheduler/receipts-history.test.ts',
  'page/history.int.test.ts',
  'page/together.int.test.ts',
];

/** Begins with the files of the page, then with those that take longest. Of the others a larger one comes first, as vitest has it. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification) => {
      const place = LONG.findIndex((name) => moduleId.endsWith(`/test/${name}`));
      const rankOfAll = place < 0 ? LONG.length : place;
      // Files share a process only if the next one to begin is of the same project.
      return project.name === 'page' ? rankOfAll : LONG.length + 1 + rankOfAll;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
