import * as z from 'zod/mini';
import type { CrmName } from '#domain/crm';
import { EnvironmentError } from './errors.ts';
import { isLoopback } from './loopback.ts';

const httpAddress = z.string().check(
  z.refine((value) => /^https?:\/\/[^\s?#@]+$/.test(value) && URL.canParse(value), {
    error: 'has to be an address such as https://konvert.example.com, without a query',
  }),
);

const port = z.pipe(
  z.string().check(z.regex(/^\d{1,5}$/, { error: 'has to be a number from 1 to 65535' })),
  z.pipe(
    z.transform(Number),
    z
      .number()
      .check(
        z.minimum(1, { error: 'has to be a number from 1 to 65535' }),
        z.maximum(65_535, { error: 'has to be a number from 1 to 65535' }),
      ),
  ),
);

/** The least length of an operator key: a shorter one could be guessed. */
export const SHORTEST_OPERATOR_KEY = 32;
const TOO_SHORT = { error: `has to have at least ${SHORTEST_OPERATOR_KEY} characters` };

const schema = z.object({
  PORT: z._default(port, 8787),
  HOST: z._default(z.string(), '127.0.0.1'),
  KONVERT_DATA_DIR: z._default(z.string(), '.konvert'),
  KONVERT_OPERATOR_KEY: z.optional(
    z.string().check(z.regex(/^\S+$/, { error: 'may not hold spaces' }), z.minLength(SHORTEST_OPERATOR_KEY, TOO_SHORT)),
  ),
  KONVERT_PUBLIC_URL: z.optional(httpAddress),
  KONVERT_TELEGRAM_API: z.optional(httpAddress),
  KONVERT_HUBSPOT_API: z.optional(httpAddress),
  KONVERT_AMOCRM_API: z.optional(httpAddress),
  KONVERT_BITRIX24_API: z.optional(httpAddress),
  KONVERT_PAGE: z.optional(z.string().check(z.minLength(1))),
  KONVERT_DEMO: z._default(z.enum(['on', 'off'], { error: 'has to be on or off' }), 'on'),
  KONVERT_PRIVATE_ADDRESSES: z.optional(z.literal('allow', { error: 'has to be allow, if it is set' })),
  DYNAMODB_ENDPOINT: z.optional(httpAddress),
});

/** The options of `npm start`, which come from environment variables. */
export interface StartOptions {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  readonly operatorKey: string | undefined;
  /** The base of webhook addresses, without a slash at the end. Absent if messengers cannot reach this machine. */
  readonly publicUrl: string | undefined;
  /** The address at which this process reaches itself. */
  readonly ownUrl: string;
  /** The address that is called instead of the real Telegram. */
  readonly telegramApi: string | undefined;
  /** The addresses that are called instead of the hosts of CRMs. */
  readonly crmApis: Readonly<Partial<Record<CrmName, string>>>;
  /** Whether other machines can reach this one, by `HOST` or by way of a tunnel or proxy. */
  readonly isReachable: boolean;
  /** Never if other machines can reach this one: the demo messenger has no keys. */
  readonly demo: boolean;
  /** The folder of a page that is built already (`node lib/page.ts <folder>`). Without one each start builds it. */
  readonly page: string | undefined;
  readonly dynamodbEndpoint: string | undefined;
  /** Whether push services may be at private addresses. A user gives theirs, so only for trying it out. */
  readonly privateAddresses: boolean;
}

/**
 * Reads the options from the variables. An empty one counts as absent. Throws `EnvironmentError` for the first bad one.
 */
export function readStartOptions(env: NodeJS.ProcessEnv): StartOptions {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = schema.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new EnvironmentError(String(issue?.path[0]), issue?.message ?? 'cannot be used');
  }
  const { PORT, HOST, KONVERT_DATA_DIR, KONVERT_DEMO, KONVERT_OPERATOR_KEY, DYNAMODB_ENDPOINT } = read.data;
  const publicUrl = withoutSlash(read.data.KONVERT_PUBLIC_URL);
  // A proxy may send the address of this machine as `Host`, so the demo messenger cannot tell who calls.
  const isReachable = !isLoopback(HOST) || (publicUrl !== undefined && !isLoopback(new URL(publicUrl).hostname));
  const ownUrl = `http://${reachable(HOST)}:${PORT}`;
  return {
    port: PORT,
    host: HOST,
    dataFolder: KONVERT_DATA_DIR,
    operatorKey: KONVERT_OPERATOR_KEY,
    publicUrl,
    ownUrl,
    telegramApi: withoutSlash(read.data.KONVERT_TELEGRAM_API),
    crmApis: crmApisOf(read.data),
    isReachable,
    demo: KONVERT_DEMO === 'on' && !isReachable,
    page: read.data.KONVERT_PAGE,
    dynamodbEndpoint: DYNAMODB_ENDPOINT,
    privateAddresses: read.data.KONVERT_PRIVATE_ADDRESSES === 'allow',
  };
}

function crmApisOf(given: z.infer<typeof schema>): StartOptions['crmApis'] {
  const apis: Readonly<Record<CrmName, string | undefined>> = {
    hubspot: given.KONVERT_HUBSPOT_API,
    amocrm: given.KONVERT_AMOCRM_API,
    bitrix24: given.KONVERT_BITRIX24_API,
  };
  return Object.fromEntries(
    Object.entries(apis).flatMap(([crm, address]) => (address === undefined ? [] : [[crm, withoutSlash(address)]])),
  );
}

function withoutSlash(address: string | undefined): string | undefined {
  return address?.replace(/\/+$/, '');
}

/** The host under which a server that listens on `host` can be reached from this machine. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
