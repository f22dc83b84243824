import { createOpenCrms } from '#store/accounts/open-crms';
import { createStoreDeps } from '#store/dynamo/client';
import { CrmModel } from './crm-model.ts';
import { ACCOUNT, NAMES, plainCipher } from './machines.ts';
import type { Random } from './random.ts';
import { Receiver } from './receiver.ts';
import type { Stage } from './stage.ts';

/** Who makes contacts and deals of new clients: Konvert itself, a receiver of `createContact`, or a connected CRM. */
export type CrmKind = 'none' | 'receiver' | 'connector';

const WEBHOOKS = '/v3/webhooks';
const URI = 'https://crm.example/hook';

/** A CRM that makes the contacts of new clients, is always well, and hears of assignments or does not (T4). */
export class WaitsCrm {
  readonly kind: CrmKind;
  readonly model: CrmModel;
  readonly #stage: () => Stage;
  readonly #random: Random;
  #receiver: Receiver | undefined;

  /** `stage` is asked for once the history begins. */
  constructor(kind: CrmKind, random: Random, stage: () => Stage) {
    this.kind = kind;
    this.#random = random;
    this.#stage = stage;
    this.model = new CrmModel(() => stage().scheduler.now);
  }

  /** The `fetch` by which the receiver is called. */
  readonly fetch: typeof globalThis.fetch = (...asked) => this.#receiverNow().fetch(...asked);

  /** Connects or registers it. */
  async prepare(userIds: readonly string[]): Promise<void> {
    this.model.users = userIds.map((id) => ({ id, name: id, isActive: true }));
    if (this.kind === 'connector') await this.#run(() => this.#connect());
    else this.switchHearing();
  }

  /** It hears of assignments from now on, or no more. */
  switchHearing(): void {
    const hears = this.#random.chance(0.6);
    if (this.kind === 'receiver') {
      const subscriptions = { contactsAndDealsCreation: true, assignments: hears };
      const body = { webhooksUri: URI, subscriptions };
      this.#stage().machines.request('manage-webhooks', 'PATCH', WEBHOOKS, { body });
    }
    if (this.kind === 'connector') void this.#run(() => this.#setDisabled(!hears));
  }

  #receiverNow(): Receiver {
    const { scheduler } = this.#stage();
    this.#receiver ??= new Receiver({
      scheduler,
      random: this.#random,
      knownBy: 'call',
      bad: 0,
      called: (items) => items,
      refused: () => undefined,
      took: () => undefined,
    });
    return this.#receiver;
  }

  async #connect(): Promise<void> {
    const portal = { accountId: '1', host: 'crm.example', name: 'CRM', connectedAs: 'A', isAdmin: true };
    const given = { crm: 'amocrm' as const, app: {}, baseUrl: 'https://konvert.example', portal };
    await this.#crms().connect(ACCOUNT, { ...given, tokens: { accessToken: 'token' } }, 'key');
  }

  async #setDisabled(isDisabled: boolean): Promise<void> {
    const open = await this.#crms().open(ACCOUNT);
    if (open) await this.#crms().setDisabled(open, isDisabled, 'key');
  }

  #crms() {
    const { scheduler } = this.#stage();
    const deps = { client: scheduler.client(), tables: NAMES, clock: scheduler.clock(0), newId: () => 'connection' };
    return createOpenCrms({ ...createStoreDeps(deps), cipher: plainCipher });
  }

  /** A change that fails by a fault of the history is none. */
  async #run(run: () => Promise<unknown>): Promise<void> {
    this.#stage().machines.run('history', run);
  }
}
