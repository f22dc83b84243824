import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A root certificate that nobody trusts, and a certificate of 127.0.0.1 that it has signed. All in PEM. */
export interface TestRoot {
  readonly rootCa: string;
  readonly tls: { readonly cert: string; readonly key: string };
}

/** Makes both anew: https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
export function createTestRoot(name: string): TestRoot {
  const [root, leaf] = [keys(), keys()];
  const rootCa = certificate({
    issuer: name,
    subject: name,
    key: root.publicKey,
    by: root.privateKey,
    extensions: [CA],
  });
  const extensions = [HOSTS];
  const cert = certificate({
    issuer: name,
    subject: '127.0.0.1',
    key: leaf.publicKey,
    by: root.privateKey,
    extensions,
  });
  return { rootCa, tls: { cert, key: leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() } };
}

const keys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

const ECDSA_SHA256 = der(0x30, oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
/** Basic constraints, critical: it may sign others. */
const CA = der(
  0x30,
  oid(0x55, 0x1d, 0x13),
  der(0x01, Buffer.of(0xff)),
  der(0x04, der(0x30, der(0x01, Buffer.of(0xff)))),
);
/** The names that it is good for: an address and `localhost`. */
const HOSTS = der(
  0x30,
  oid(0x55, 0x1d, 0x11),
  der(0x04, der(0x30, der(0x87, Buffer.of(127, 0, 0, 1)), der(0x82, Buffer.from('localhost')))),
);

interface Wanted {
  readonly issuer: string;
  readonly subject: string;
  readonly key: KeyObject;
  readonly by: KeyObject;
  readonly extensions: readonly Buffer[];
}

function certificate({ issuer, subject, key, by, extensions }: Wanted): string {
  const now = Date.now();
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.from(`10${String(now).padStart(14, '0')}`, 'hex')),
    ECDSA_SHA256,
    nameOf(issuer),
    der(0x30, timeOf(now - 3_600_000), timeOf(now + 24 * 3_600_000)),
    nameOf(subject),
    key.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, ...extensions)),
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', body, by));
  const base64 = der(0x30, body, ECDSA_SHA256, signature).toString('base64').replaceAll(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}

function nameOf(common: string): Buffer {
  return der(0x30, der(0x31, der(0x30, oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(common)))));
}

function timeOf(at: number): Buffer {
  return der(0x18, Buffer.from(`${new Date(at).toISOString().replaceAll(/\D/g, '').slice(0, 14)}Z`));
}

function oid(...bytes: number[]): Buffer {
  return der(0x06, Buffer.from(bytes));
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}
