import type { Answer } from '../http.ts';
import type { Update } from './webhooks.ts';
import { graphError, type Meta, ok } from './world.ts';

/** Who hears of what: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override */
export function createSubscriptions(meta: Meta, callbackUrl: string | undefined) {
  /** The addresses of accounts and numbers, for `messages` only. Null: the app hears of the account, by its own one. */
  const overrides = new Map<string, string | null>();
  let appUrl = callbackUrl;

  return {
    addressFor({ wabaId, numberId, field }: Pick<Update, 'wabaId' | 'numberId' | 'field'>): string | undefined {
      if (field !== 'messages') return appUrl;
      const ofNumber = numberId === undefined ? undefined : overrides.get(numberId);
      return ofNumber ?? overrides.get(wabaId) ?? appUrl;
    },

    /** Nothing is told to that address any more. */
    end(url: string) {
      for (const [id, override] of overrides) if ((override ?? appUrl) === url) overrides.delete(id);
      if (appUrl === url) appUrl = undefined;
    },

    /** Subscribes an account or a number, after its address has answered the handshake. */
    async subscribe(
      id: string,
      { override_callback_uri: url, verify_token }: Readonly<Record<string, unknown>>,
    ): Promise<Answer> {
      if (url === undefined) {
        overrides.set(id, null);
        return ok({ success: true });
      }
      const isAddress = typeof url === 'string' && url.length <= 200 && URL.canParse(url);
      if (!isAddress) return graphError(100, 'Invalid parameter', { details: 'override_callback_uri' });
      if (!(await answersHandshake(url, String(verify_token ?? ''), meta.nextId()))) {
        return graphError(2200, 'Callback verification failed with the following errors: HTTP Status Code');
      }
      overrides.set(id, url);
      return ok({ success: true });
    },

    unsubscribe(id: string): Answer {
      overrides.delete(id);
      return ok({ success: true });
    },

    /** The apps that hear of an account. It has this one at most. */
    appsOf(id: string): Answer {
      const url = overrides.get(id);
      const app = { whatsapp_business_api_data: { id: '77001', name: 'Konvert', link: 'https://konvert.example' } };
      return ok({ data: url === undefined ? [] : [{ ...app, ...(url && { override_callback_uri: url }) }] });
    },

    /** The addresses that count for a number. */
    configurationOf(id: string, wabaId: string): Readonly<Record<string, unknown>> {
      const [ofNumber, ofAccount] = [overrides.get(id), overrides.get(wabaId)];
      return {
        ...(ofNumber && { phone_number: ofNumber }),
        ...(ofAccount && { whatsapp_business_account: ofAccount }),
        ...(appUrl && { application: appUrl }),
      };
    },
  };
}

/** Meta asks every new address: it has to give back the challenge as it is, and nothing else. */
export async function answersHandshake(address: string, verifyToken: string, challenge: number): Promise<boolean> {
  const url = new URL(address);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', String(challenge));
  url.searchParams.set('hub.verify_token', verifyToken);
  const response = await fetch(url, { redirect: 'manual' }).catch(() => undefined);
  return response?.status === 200 && (await response.text()) === String(challenge);
}
