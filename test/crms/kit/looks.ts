import { SignJWT } from 'jose';
import { signatureOf } from '#crms/hubspot/signature';
import type { CrmName, Ref } from '#domain/crm';
import { openAmocrm } from '../doubles/amocrm/rig.ts';
import { openBitrix24 } from '../doubles/bitrix24/rig.ts';
import { hookBody } from '../doubles/bitrix24/state.ts';
import { type HubspotRig, openHubspot } from '../doubles/hubspot/rig.ts';
import type { CrmRig } from './rig.ts';

/** What a card of the CRM posts, so that Konvert's page is shown in it. */
export interface LookRequest {
  /** The address of frames, with the query that the CRM adds. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Who looks at what. `secret` is that of a forger, `portal` another one than is connected. */
export interface Looking {
  readonly frameUrl: string;
  readonly userId: string;
  readonly ref?: Ref | undefined;
  readonly now: number;
  readonly secret?: string;
  readonly portal?: string;
  /** The language of the CRM, if it tells it. */
  readonly language?: string;
}

/** A CRM as it shows our page. */
export interface LookedAt {
  readonly name: CrmName;
  readonly rig: CrmRig;
  /** Where its double answers. */
  readonly baseUrl: string;
  /** The origin of its pages. */
  readonly origin: string;
  /** Whether a proof is for one request alone. */
  readonly isOnce: boolean;
  look(looking: Looking): Promise<LookRequest>;
  /** The hook that brings the tokens, of a CRM that gives them so. */
  installation?(): string;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** A token of amoCRM for one request: https://www.amocrm.ru/developers/content/oauth/disposable-tokens */
export async function amoToken({ credentials, hands }: CrmRig, { userId, now, secret, portal }: Looking) {
  const seconds = Math.floor(now / 1_000);
  const claims = {
    iss: `https://${hands.portal.host}`,
    aud: 'https://konvert.example',
    jti: crypto.randomUUID(),
    iat: seconds,
    nbf: seconds,
    exp: seconds + 1_800,
    account_id: Number(portal ?? hands.portal.accountId),
    user_id: Number(userId),
    client_uuid: credentials.clientId,
  };
  const key = Buffer.from(secret ?? credentials.clientSecret ?? '');
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key);
}

/** Opens that CRM, whose double answers at a port. */
export async function openLooked(name: CrmName): Promise<LookedAt> {
  switch (name) {
    case 'amocrm':
      return openAmo();
    case 'bitrix24':
      return openBitrix();
    case 'hubspot':
      return openHub();
    default:
      return name satisfies never;
  }
}

async function openAmo(): Promise<LookedAt> {
  const rig = openAmocrm();
  await rig.double.listen();
  return {
    name: 'amocrm',
    rig,
    baseUrl: rig.double.baseUrl,
    origin: `https://${rig.hands.portal.host}`,
    isOnce: true,
    async look(looking) {
      const { frameUrl, ref } = looking;
      const card = ref && `?${new URLSearchParams({ entity: ref.type, id: ref.id })}`;
      const body = new URLSearchParams({ token: await amoToken(rig, looking) }).toString();
      return { url: frameUrl + (card ?? ''), headers: FORM, body };
    },
  };
}

async function openBitrix(): Promise<LookedAt> {
  const rig = openBitrix24();
  const { state, oauth } = rig.double;
  await rig.double.listen();
  return {
    name: 'bitrix24',
    rig,
    baseUrl: rig.double.baseUrl,
    origin: `https://${state.host}`,
    isOnce: false,
    /** https://apidocs.bitrix24.com/api-reference/widgets/crm/detail-tab.html */
    async look({ frameUrl, userId, ref, secret, portal, language = 'en' }) {
      const isForged = secret !== undefined || portal !== undefined;
      const form = new URLSearchParams({
        AUTH_ID: isForged ? 'of-another-portal' : oauth.install(userId).accessToken,
        AUTH_EXPIRES: '3600',
        REFRESH_ID: 'rt-of-who-looks',
        member_id: state.memberId,
        status: 'L',
        PLACEMENT: ref ? `CRM_${ref.type.toUpperCase()}_DETAIL_TAB` : 'DEFAULT',
        PLACEMENT_OPTIONS: JSON.stringify(ref ? { ID: ref.id } : { any: '1/' }),
      });
      const query = new URLSearchParams({ DOMAIN: state.host, PROTOCOL: '1', LANG: language, APP_SID: 'f3a1' });
      return { url: `${frameUrl}?${query}`, headers: FORM, body: form.toString() };
    },
    installation() {
      const { accessToken, refreshToken } = oauth.install('1');
      const form = new URLSearchParams(hookBody(state, 'ONAPPINSTALL', {}));
      form.set('auth[access_token]', accessToken);
      form.set('auth[refresh_token]', refreshToken);
      form.set('auth[expires_in]', '3600');
      return form.toString();
    },
  };
}

/**
 * The request of our card as HubSpot sends it on: with who looks in the address, and signed.
 * https://developers.hubspot.com/docs/apps/developer-platform/add-features/ui-extensions/fetching-data
 */
export function signedByHubspot(
  { hands, credentials, world }: HubspotRig,
  { url: asked, body }: { readonly url: string; readonly body: string },
  { userId, now, secret, portal }: Looking,
): LookRequest {
  const url = new URL(asked);
  url.searchParams.set('userId', String(world.owners.find(({ id }) => id === userId)?.userId ?? userId));
  url.searchParams.set('portalId', portal ?? hands.portal.accountId);
  url.searchParams.set('userEmail', 'ivan@ex.test');
  url.searchParams.set('appId', '77');
  const at = String(now);
  const signature = signatureOf('POST', url.href, Buffer.from(body), at, secret ?? credentials.clientSecret ?? '');
  const headers = {
    'content-type': 'application/json',
    'x-hubspot-request-timestamp': at,
    'x-hubspot-signature-v3': signature,
  };
  return { url: url.href, headers, body };
}

async function openHub(): Promise<LookedAt & { readonly rig: HubspotRig }> {
  const rig = await openHubspot();
  return {
    name: 'hubspot',
    rig,
    baseUrl: rig.double.baseUrl,
    origin: `https://${rig.hands.portal.host}`,
    isOnce: true,
    async look(looking) {
      const { frameUrl, ref } = looking;
      const types = { contact: '0-1', deal: '0-3' };
      const body = JSON.stringify(ref ? { objectId: Number(ref.id), objectTypeId: types[ref.type] } : {});
      return signedByHubspot(rig, { url: frameUrl, body }, looking);
    },
  };
}
