import { frameAncestor, portalOrigins } from '#domain/frame-ancestors';

/** The places from which the page may load and to which it may connect, beside its own origin. */
export interface PagePlaces {
  /** The origins of files that are too large for an answer of a function. Uploads go there too. */
  readonly files: readonly string[];
  /** The origin of the doorbell (`wss://…`). */
  readonly doorbell: readonly string[];
}

/**
 * The hosts of CRMs that show the page in a frame by `POST /v3/iframe`. Their accounts are subdomains, and nothing tells
 * which of them is the account's. Others are named by `frameAncestors` of `PATCH /v1/settings`.
 */
const CRM_HOSTS = [
  ...['amocrm.ru', 'amocrm.com', 'kommo.com'],
  ...['ru', 'com', 'by', 'kz', 'ua', 'eu', 'de', 'fr', 'it', 'es', 'pl', 'in', 'id', 'vn', 'jp', 'mx', 'co'].map(
    (land) => `bitrix24.${land}`,
  ),
  ...['bitrix24.com.br', 'bitrix24.com.tr'],
].map((host) => `*.${host}`);

/** HubSpot has one host for each region. */
const HUBSPOT_HOSTS = ['app', 'app-na2', 'app-na3', 'app-eu1', 'app-ap1'].map((name) => `${name}.hubspot.com`);

const KNOWN = [...CRM_HOSTS, ...HUBSPOT_HOSTS].map((host) => `https://${host}`);

/**
 * The policy of the document: only its own scripts run and only its own styles apply, text never becomes markup, and it
 * stands in no frame but those of `ancestors`.
 */
export function contentPolicy({ files, doorbell }: PagePlaces, ancestors: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    ['img-src', "'self'", 'blob:', 'data:', ...files].join(' '),
    ['media-src', "'self'", 'blob:', ...files].join(' '),
    ['connect-src', "'self'", ...doorbell, ...files].join(' '),
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors.length > 0 ? ancestors.join(' ') : "'none'"}`,
    "require-trusted-types-for 'script'",
    'trusted-types konvert',
  ].join('; ');
}

/** What an account says of those who may show its page. */
export interface Around {
  /** The address to which its events go. */
  readonly webhooksUri: string | undefined;
  /** The host of the account of the connected CRM. */
  readonly portalHost: string | undefined;
  /** The origins that it named. */
  readonly frameAncestors: readonly string[];
}

/**
 * Who may show the page of an account in a frame: itself, its CRM, and the hosts that it named. Where a CRM is connected
 * that is the host of its account there, else any account of the CRMs that we know.
 */
export function ancestorsOf({ webhooksUri, portalHost, frameAncestors }: Around): string[] {
  const receiver = webhooksUri === undefined ? [] : sourceOf(webhooksUri);
  const crms = portalHost === undefined ? KNOWN : portalOrigins(portalHost);
  // What was stored is looked at once more: this line alone keeps others from showing the page.
  const named = frameAncestors.flatMap((origin) => frameAncestor(origin) ?? []);
  return [...new Set(["'self'", ...crms, ...receiver, ...named])];
}

/**
 * The origin of an address, if it can stand in a policy. A host may hold a semicolon, which would end the directive and
 * begin another.
 */
function sourceOf(address: string): string[] {
  const { origin } = URL.canParse(address) ? new URL(address) : { origin: '' };
  return /^https?:\/\/[a-z0-9.-]+(:\d+)?$/.test(origin) ? [origin] : [];
}
