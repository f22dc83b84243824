/** A secret that signs events, in the form `whsec_…` of Standard Webhooks. */
export interface SigningSecret {
  readonly secret: string;
  /** It signs until then (epoch ms). The newest one signs on. */
  readonly until?: number | undefined;
}

/** How long a secret signs after another one was made (ms): a receiver has that long to take the new one. */
export const SIGNS_ON_MS = 24 * 3_600_000;
/** The most secrets at once. They have to fit into what KMS seals. */
const MOST_SECRETS = 5;

/** The secrets that sign now, the newest first. */
export function secretsThatSign(secrets: readonly SigningSecret[], now: number): string[] {
  return secrets.filter(({ until }) => until === undefined || until > now).map(({ secret }) => secret);
}

/** The secrets with a new one, which signs at once. The former ones sign on for a day, beside it. */
export function withNewSecret(secrets: readonly SigningSecret[], secret: string, now: number): SigningSecret[] {
  const former = secrets
    .filter(({ until }) => until === undefined || until > now)
    .map((one): SigningSecret => ({ secret: one.secret, until: one.until ?? now + SIGNS_ON_MS }));
  return [{ secret }, ...former].slice(0, MOST_SECRETS);
}
