import { TestRunner } from 'vitest';

/** A deployed Konvert, on which `npm run test:deploy` plays the tests of this folder too. */
export interface DeployedKonvert {
  readonly url: string;
  readonly operatorKey: string;
}

/** Undefined where tests start a Konvert of their own by `npm start`. */
export const deployed: DeployedKonvert | undefined =
  process.env.KONVERT_DEPLOYED === undefined ? undefined : JSON.parse(process.env.KONVERT_DEPLOYED);

/** Marks the running test as local: a deployed Konvert skips it, because it has not what the test needs. */
export function needsThisMachine(why: string): void {
  if (deployed) TestRunner.getCurrentTest()?.context.skip(why);
}
