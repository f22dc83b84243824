import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Messenger } from '#channels/channel';
import type { Credentials } from '#channels/terms';
import type { Profile } from '#domain/message';
import { type Answer, expectNoSecret, type MessengerDouble, type MessengerFixtures } from '#test/channels/contract';
import { PATIENCE_MS } from '#test/patience';

/** Answers about who a client is. */
export interface NameFixtures {
  readonly method: string;
  /** A client whom the double knows, who has a name there. */
  readonly chatId: string;
  /** The profile that the answer tells, none if it tells none. Each key says what was answered. */
  readonly told: Readonly<Record<string, Answer & { readonly profile?: Profile }>>;
}

export function describeNames(
  { inbound, setup }: Messenger,
  { names, credentials: given }: MessengerFixtures,
  double: () => Promise<MessengerDouble>,
): void {
  test('clients’ names can be asked for, or the messenger says so', () => {
    expect(inbound.profileOf !== undefined).toBe(names !== undefined);
  });

  describe.runIf(names)('profileOf', () => {
    const { method, chatId, told } = names ?? ({ told: {} } as NameFixtures);
    let api: MessengerDouble;
    let credentials: Credentials;

    beforeEach(async () => {
      api = await double();
      const read = setup.readCredentials(given.input(api.baseUrl));
      if (!('credentials' in read)) throw new Error(`Wrong fixtures: ${read.fields}`);
      credentials = read.credentials;
    });

    afterEach(() => api.stop());

    async function ask(signal = AbortSignal.timeout(PATIENCE_MS)) {
      const asked = await inbound.profileOf!(credentials, chatId, signal);
      expectNoSecret(asked, given.secrets);
      return asked;
    }
    const unknown = { kind: 'unknown', why: expect.stringMatching(/\w/) };

    test.each(Object.entries(told))('%s', async (_, { profile, ...answer }) => {
      api.answerNext(method, answer);

      expect(await ask()).toEqual(profile ? { kind: 'profile', profile } : unknown);
      expect(api.calls.filter((call) => call.method === method)).toHaveLength(1);
    });

    test('a server that is down, and a signal that aborts: unknown', async () => {
      expect(await ask(AbortSignal.abort())).toEqual(unknown);
      await api.stop();

      expect(await ask()).toEqual(unknown);
    });
  });
}
