import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { Clock } from '#clock';

const grantSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('GET'), key: z.string() }),
  z.object({ method: z.literal('PUT'), key: z.string(), type: z.string(), size: z.number() }),
]);

/** What an address allows: to read a file, or to write one of that type and of exactly that size. */
export type PathGrant = z.infer<typeof grantSchema>;

const signedSchema = z.object({ grant: grantSchema, until: z.number() });

/** Addresses that need no key and are good for some time. In AWS, S3 has them. */
export interface SignedPaths {
  /** A path that allows it, ends in the name and is good for so many seconds, but not longer than this process. */
  sign(grant: PathGrant, name: string, seconds: number): string;
  /** What the path of a request allows now. `refused`: it was changed, or its time is over. Undefined: it is another. */
  read(path: string): PathGrant | 'refused' | undefined;
}

const PREFIX = '/signed/';

/** Makes them with a key that only this process has. */
export function createSignedPaths(clock: Clock): SignedPaths {
  const secret = randomBytes(32);
  const signatureOf = (text: string) => createHmac('sha256', secret).update(text).digest();
  return {
    sign(grant, name, seconds) {
      const text = Buffer.from(JSON.stringify({ grant, until: clock.now() + seconds * 1000 })).toString('base64url');
      return `${PREFIX}${text}.${signatureOf(text).toString('base64url')}/${encodeURIComponent(name.toWellFormed())}`;
    },
    read(path) {
      if (!path.startsWith(PREFIX)) return undefined;
      const [, text = '', given = ''] = /^([\w-]+)\.([\w-]+)\//.exec(path.slice(PREFIX.length)) ?? [];
      const [expected, actual] = [signatureOf(text), Buffer.from(given, 'base64url')];
      if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return 'refused';
      const { grant, until } = signedSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
      return until > clock.now() ? grant : 'refused';
    },
  };
}
