import { afterEach, beforeEach, describe } from 'vitest';
import { describeHooks, describeLinks } from './contract-hooks.ts';
import { describeMaking } from './contract-making.ts';
import { describeOutcomes } from './contract-outcomes.ts';
import { describeReading } from './contract-reading.ts';
import { describeSetup } from './contract-setup.ts';
import { type Connected, connect } from './kit/connected.ts';
import type { CrmRig } from './kit/rig.ts';

/** Tests what every connector promises (`src/crms/crm.ts`), against the double that its rig opens. */
export function describeCrm(name: string, open: () => Promise<CrmRig>): void {
  describe(`${name} keeps the contract of a CRM`, () => {
    let connected: Connected;

    beforeEach(async () => {
      const rig = await open();
      connected = { rig, session: await connect(rig) };
    });

    afterEach(() => connected.rig.stop());

    describeSetup(() => connected);
    describeReading(() => connected);
    describeMaking(() => connected);
    describeOutcomes(() => connected);
    describeHooks(() => connected);
    describeLinks(() => connected);
  });
}
