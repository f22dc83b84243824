import { setTimeout as sleep } from 'node:timers/promises';
import type { Bells } from '#bells';
import type { Asked, Crm, Failed, Session } from '#crms/crm';
import type { Crms } from '#crms/registry/crms';
import type { CrmConnection } from '#domain/crm';
import { CALL_MS } from '#domain/delivery';
import { createHoldings, type Holding } from '#flows/delivery/holding';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneQueue } from '#store/outbox/lane-names';
import { createSessions } from './sessions.ts';
import type { KeeperDeps } from './token-keeper.ts';

/** The lease was lost: nothing may be called any more. */
export type Lost = { readonly kind: 'lost' };

/**
 * A call of the CRM for the holder of its lane. `first` runs before it, when nothing else is left to wait for. It is given
 * up after `withinMs`, 20 s unless that is said.
 */
export type CallCrm = <T>(
  call: (crm: Crm, session: Session, connection: CrmConnection) => Promise<Asked<T>>,
  first?: () => Promise<void>,
  withinMs?: number,
) => Promise<Asked<T> | Lost>;

/** What is needed to call connected CRMs. */
export type CallsDeps = StoreDeps & KeeperDeps & Pick<Crms, 'crmFor'> & { readonly bells: Bells<LaneQueue> };

const LOST: Lost = { kind: 'lost' };

/** When the lane may call next (epoch ms), as the lane remembers it. */
export function notBeforeOf({ state: { kept } }: Pick<Holding, 'state'>): number {
  return Number(kept?.notBefore ?? 0);
}

/**
 * Calls an account's CRM. Each request of a call waits for the pace that the CRM takes. The pace is kept on the lane, so
 * the next holder keeps it too. The lease is checked right before each call: a holder that slept calls nobody. `slower`
 * multiplies the pace, for lanes that leave most of it to others.
 */
export function createCalls(deps: CallsDeps, slower = 1) {
  const { clock, pause = (ms: number) => sleep(ms) } = deps;
  const holdings = createHoldings(deps);
  const sessions = createSessions(deps);

  async function untilTurn(holding: Holding): Promise<void> {
    const waitMs = notBeforeOf(holding) - clock.now();
    if (waitMs > 0) await pause(waitMs);
  }

  return function callsFor(account: string, holding: Holding): CallCrm {
    return async function callCrm<T>(
      call: (crm: Crm, session: Session, connection: CrmConnection) => Promise<Asked<T>>,
      first: () => Promise<void> = async () => undefined,
      withinMs = CALL_MS,
    ) {
      let isLost = false;
      await untilTurn(holding);
      const asked = await sessions.withSession<T>(
        account,
        clock.deadline(withinMs),
        async (crm, session, connection) => {
          await first();
          isLost = !(await holdings.isStillHeld(holding));
          if (isLost) return STOPPED;
          const wait = (gapMs: number) => {
            holding.state = { ...holding.state, kept: { notBefore: clock.now() + gapMs * slower } };
          };
          const turn = async (gapMs = crm.offers.pace) => {
            await untilTurn(holding);
            wait(gapMs);
          };
          const answer = await call(crm, { ...session, turn }, connection);
          if (notBeforeOf(holding) < clock.now() + crm.offers.pace * slower) wait(crm.offers.pace);
          return answer;
        },
      );
      return isLost ? LOST : asked;
    };
  };
}

const STOPPED: Failed = { kind: 'unreachable', reason: 'the lease was lost' };
