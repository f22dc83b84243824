/** A secret that counts beside the registered one. */
export interface OtherSecret {
  readonly secret: string;
  /** A request is registering it, and takes no longer than this (epoch ms). */
  readonly busyUntil?: number | undefined;
  /** It counts until then (epoch ms). Without it, nobody knows whether the messenger has it. */
  readonly until?: number | undefined;
}

/** The secrets that a channel's webhook takes. A messenger has one of them; a crash may leave open which. */
export interface WebhookSecrets {
  /** The last one of which a registration is known. */
  readonly webhookSecret: string;
  readonly otherSecrets?: readonly OtherSecret[] | undefined;
}

/** How long a request may take to register a secret (ms). It is longer than any function of the routes runs. */
const BUSY_MS = 60_000;
/** How long a secret counts after the messenger has another one (ms): what is under way still carries it. */
export const COUNTS_ON_MS = 10 * 60_000;
/** The same if a person has to type in the new one (ms). */
export const COUNTS_ON_BY_HAND_MS = 3_600_000;
/** The most others. Each is one registration of unknown outcome, and all have to fit into what KMS seals. */
const MOST_OTHERS = 5;

/** The secrets that the webhook takes now. */
export function secretsOf(secrets: WebhookSecrets, now: number): string[] {
  return [secrets.webhookSecret, ...othersAt(secrets, now).map(({ secret }) => secret)];
}

function othersAt({ otherSecrets = [] }: WebhookSecrets, now: number): OtherSecret[] {
  return otherSecrets.filter(({ until }) => until === undefined || until > now);
}

/** Whether a request may be registering a secret now. Two at once would leave open which the messenger has. */
export function isRegistering({ otherSecrets = [] }: WebhookSecrets, now: number): boolean {
  return otherSecrets.some(({ busyUntil = 0 }) => busyUntil > now);
}

/** The secrets before a registration: the new one counts already, because the messenger may use it at once. */
export function withOffered(before: WebhookSecrets, secret: string, now: number): WebhookSecrets {
  const others = [{ secret, busyUntil: now + BUSY_MS }, ...othersAt(before, now)];
  return { webhookSecret: before.webhookSecret, otherSecrets: others.slice(0, MOST_OTHERS) };
}

/** The secrets after a registration. All others end some time later. */
export function withRegistered(before: WebhookSecrets, secret: string, endsAt: number): WebhookSecrets {
  const known: OtherSecret[] = [{ secret: before.webhookSecret }, ...(before.otherSecrets ?? [])];
  const others = known.filter((other) => other.secret !== secret).slice(0, MOST_OTHERS);
  const ending = others.map(({ secret: old, until = endsAt }) => ({ secret: old, until: Math.min(until, endsAt) }));
  return { webhookSecret: secret, otherSecrets: ending };
}

/** The secrets after a registration that failed. `mayHaveIt`: the messenger did not answer, so the secret counts on. */
export function withoutOffered(before: WebhookSecrets, secret: string, mayHaveIt: boolean): WebhookSecrets {
  const others = (before.otherSecrets ?? []).flatMap((other) => {
    if (other.secret !== secret) return [other];
    return mayHaveIt ? [{ secret }] : [];
  });
  return { webhookSecret: before.webhookSecret, otherSecrets: others };
}
