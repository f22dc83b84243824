import type { LookupAddress } from 'node:dns';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import type { SecureContext } from 'node:tls';
import { PrivateAddressError } from '#calls/errors';

/** What a `fetch` for public addresses is made of. The real implementation stands in for what is left out. */
export interface PublicFetchOptions {
  /** All addresses of a host. */
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>;
  readonly refuses?: (address: string) => boolean;
  /** Root certificates (PEM) that are trusted beside the usual ones, in this `fetch` only. */
  readonly ca?: readonly string[] | undefined;
}

/**
 * The ranges that are not globally reachable, and multicast.
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const PRIVATE_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];

/**
 * Global unicast addresses lie in 2000::/3, so everything else is listed. Of 2000::/3, the list has what is not
 * reachable (documentation) and what carries an IPv4 address that may be private (Teredo, 6to4).
 * https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const PRIVATE_IPV6 = ['::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/**
 * Where clouds tell a machine its credentials. Nobody else has anything there, so not even a machine that calls its own
 * network calls these. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
const METADATA_IPV4 = ['169.254.0.0/16', '100.100.100.200/32', '168.63.129.16/32'];
const METADATA_IPV6 = ['fe80::/10', '::ffff:a9fe:0/112', '64:ff9b::a9fe:0/112', 'fd00:ec2::/32'];

/** How long an idle connection is kept. The messengers' own limits are longer. */
const IDLE_MS = 4_000;

/** How many answers of the class 1xx may come before the answer. */
const MOST_NOTICES = 10;

// Two lists, because in a common one an IPv4 address would be found in ::/3 as well.
const blocked = { ipv4: listOf(PRIVATE_IPV4, 'ipv4'), ipv6: listOf(PRIVATE_IPV6, 'ipv6') };

const metadata = { ipv4: listOf(METADATA_IPV4, 'ipv4'), ipv6: listOf(METADATA_IPV6, 'ipv6') };

function listOf(ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix] = range.split('/');
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}

/** Whether an IP address is outside the public internet. A string that is no IP address counts as private. */
export function isPrivateAddress(address: string): boolean {
  return isIn(blocked, address);
}

/** Whether an IP address may tell the credentials of this machine. A string that is no IP address counts as such. */
export function isMetadataAddress(address: string): boolean {
  return isIn(metadata, address);
}

function isIn(lists: typeof blocked, address: string): boolean {
  const version = isIP(address);
  if (version === 0) return true;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  return lists[family].check(address, family);
}

/**
 * A `fetch` for addresses that people gave. It throws `PrivateAddressError` if the host is a private address or has one
 * among its addresses. It connects to the address that it checked, so a second DNS answer changes nothing. It follows
 * no redirect: a caller that follows one calls it again, and the new address is checked too. Every end of a call
 * settles it: what is no answer rejects it as a failed `fetch`, and the signal always does, also while the body is read.
 */
export function createPublicFetch({
  resolve = resolveAll,
  refuses = isPrivateAddress,
  ca,
}: PublicFetchOptions = {}): typeof globalThis.fetch {
  let send: ReturnType<typeof createSender> | undefined;
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // Node connects to an IP address without a look-up, so it is checked here.
    if (isIP(host) !== 0 && refuses(host)) throw new PrivateAddressError();
    const body = init?.body instanceof ReadableStream ? request.body : await bytesOf(request);
    // The caller's own signal. The request's signal follows it only while something holds the request.
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    // Node tells no length in a DELETE, and its body would be read as the next request.
    const length = Buffer.isBuffer(body) ? { 'content-length': String(body.length) } : {};
    const headers = { ...Object.fromEntries(request.headers), ...length };
    const options = { method: request.method, headers, ...(signal && { signal }) };
    send ??= createSender(checkedLookup({ resolve, refuses }), ca);
    return send(url, options, body);
  };
}

async function bytesOf(request: Request): Promise<Buffer | null> {
  return request.body && Buffer.from(await request.arrayBuffer());
}

async function resolveAll(host: string): Promise<readonly LookupAddress[]> {
  return process.getBuiltinModule('node:dns/promises').lookup(host, { all: true });
}

function checkedLookup({ resolve, refuses }: Required<Omit<PublicFetchOptions, 'ca'>>): LookupFunction {
  return (host, { all }, callback) => {
    resolve(host).then(
      (found) => {
        if (found.length === 0 || found.some(({ address }) => refuses(address))) {
          callback(new PrivateAddressError(), []);
        } else if (all) callback(null, [...found]);
        else callback(null, found[0]?.address ?? '', found[0]?.family);
      },
      (error) => callback(error, []),
    );
  };
}

/** Made once, because it takes milliseconds to read all roots. */
function trustOf(ca: PublicFetchOptions['ca']): { readonly secureContext?: SecureContext } {
  if (!ca) return {};
  const { createSecureContext, getCACertificates } = process.getBuiltinModule('node:tls');
  return { secureContext: createSecureContext({ ca: [...getCACertificates('default'), ...ca] }) };
}

function createSender(lookup: LookupFunction, ca: PublicFetchOptions['ca']) {
  // An import would cost time at every start, in an ES module ten times as much. This loads at the first call.
  const http = process.getBuiltinModule('node:http');
  const https = process.getBuiltinModule('node:https');
  // Own agents, because a connection of a shared agent may lead to an address that was not checked.
  const settings = { keepAlive: true, timeout: IDLE_MS, lookup };
  const agents = { 'http:': new http.Agent(settings), 'https:': new https.Agent({ ...settings, ...trustOf(ca) }) };
  return (url: URL, options: RequestOptions, body: Buffer | ReadableStream | null): Promise<Response> => {
    const [{ request }, agent] = url.protocol === 'https:' ? [https, agents['https:']] : [http, agents['http:']];
    return new Promise((resolve, reject) => {
      const sent = request(url, { ...options, agent, lookup });
      // Whatever comes first settles the call. What comes after that finds it settled.
      const fail = (error: Error) => {
        reject(failureOf(error));
        sent.destroy();
      };
      let notices = 0;
      sent.on('information', () => {
        notices += 1;
        if (notices > MOST_NOTICES) fail(new Error('The server announces an answer again and again'));
      });
      sent.on('upgrade', (_incoming, socket) => {
        socket.destroy();
        fail(new Error('The server wants to speak another protocol'));
      });
      sent.on('response', (incoming) => {
        try {
          resolve(responseOf(incoming, options.signal));
        } catch (error) {
          // `Response` refuses statuses that a server can send, such as 101 and 999.
          fail(error as Error);
        }
      });
      sent.on('error', fail);
      sent.on('close', () => fail(new Error('The connection was closed without an answer')));
      if (body instanceof ReadableStream) stream(body, sent, fail);
      else sent.end(body ?? undefined);
    });
  };
}

/** Sends a body while it is read. One that cannot be read ends the call. */
function stream(body: ReadableStream, sent: ClientRequest, fail: (error: Error) => void): void {
  const { pipeline, Readable } = process.getBuiltinModule('node:stream');
  pipeline(Readable.fromWeb(body as never), sent, (error) => {
    if (error) fail(error);
  });
}

/** Fails as `fetch` does: the code, if there is one, is in the cause. */
function failureOf(error: Error): Error {
  const isTold = error instanceof PrivateAddressError || error.name === 'AbortError' || error.name === 'TimeoutError';
  return isTold ? error : new TypeError('fetch failed', { cause: error });
}

function responseOf(incoming: IncomingMessage, signal: AbortSignal | undefined): Response {
  const { statusCode = 0, headers } = incoming;
  const { addAbortSignal, Readable } = process.getBuiltinModule('node:stream');
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  const bodiless = statusCode === 204 || statusCode === 205 || statusCode === 304;
  // A server may send a body nevertheless, without an end.
  if (bodiless) incoming.destroy();
  // Without it, a body that ends with its connection would look whole when the signal closes that.
  else if (signal) addAbortSignal(signal, incoming);
  const body = bodiless ? null : (Readable.toWeb(incoming as Readable) as ReadableStream);
  return new Response(body, { status: statusCode, headers: pairs });
}
