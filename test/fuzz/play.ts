import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { FUZZED, type Fuzzed, type Signed, WEBHOOK_SECRET } from '#test/fuzz/bodies';
import { damaged, mutated, pick, type Random, randomOf } from '#test/fuzz/mutate';
import { createWorld, type World } from '#test/world';

/** What became of the bodies. */
export interface Fuzz {
  /** The first that broke a rule, with its seed. */
  readonly broken: string | undefined;
  readonly answers: Readonly<Record<string, number>>;
  /** How many bodies of each messenger were stored, in part at least. */
  readonly stored: Readonly<Record<string, number>>;
}

/** So many bodies one world takes, so that what is stored does not pile up. */
const EACH_WORLD = 4_000;
const ALL_BODIES = FUZZED.flatMap(({ bodies }) => bodies);
const WRITES = /^(?:Put|Update|Delete|TransactWrite|BatchWrite)/;
/** Others may sign for themselves, but not for this channel. */
const OTHER_SECRETS = ['', 'wrong', '5e'.repeat(31), `${WEBHOOK_SECRET}5`, '0'.repeat(64)];

/**
 * Posts mutated bodies of all messengers to the real `receive-message`, some with the right signature, some with a wrong
 * one, none or that of other bytes. Nothing may be answered with 5xx, but for the 503 that asks a bridge to repeat what had a
 * wrong secret; and what was not verified may write nothing.
 */
export async function fuzz(seed: number, count: number): Promise<Fuzz> {
  const answers: Record<string, number> = {};
  const stored: Record<string, number> = {};
  for (let from = 0; from < count; from += EACH_WORLD) {
    const world = await openWorld();
    try {
      for (let index = from; index < Math.min(count, from + EACH_WORLD); index += 1) {
        const posted = compose(randomOf(seed + index));
        const { status, writes } = await post(world, posted);
        answers[status] = (answers[status] ?? 0) + 1;
        const { transport } = posted.fuzzed;
        if (writes > 0) stored[transport] = (stored[transport] ?? 0) + 1;
        const why = broken(posted, status, writes);
        if (why !== undefined) return { broken: told(posted, why, seed + index, world), answers, stored };
      }
    } finally {
      await world.stop();
    }
    if (count > EACH_WORLD) console.log(`${from + EACH_WORLD} bodies from seed ${seed}: ${JSON.stringify(answers)}`);
  }
  return { broken: undefined, answers, stored };
}

interface Posted {
  readonly fuzzed: Fuzzed;
  readonly isVerified: boolean;
  readonly body: Buffer;
  readonly signed: Signed;
  readonly method: string;
}

function compose(random: Random): Posted {
  const fuzzed = pick(random, FUZZED);
  const real = pick(random, random() < 0.9 ? fuzzed.bodies : ALL_BODIES);
  const whole = Buffer.from(JSON.stringify(random() < 0.8 ? mutated(random, real, ALL_BODIES) : real) ?? 'null');
  const body = random() < 0.1 && whole.length > 0 ? damaged(random, whole) : whole;
  const method = random() < 0.02 ? 'GET' : 'POST';
  const dice = random();
  if (dice < 0.6) return sign(fuzzed, body, fuzzed.secret, method);
  if (dice < 0.85) return sign(fuzzed, body, pick(random, OTHER_SECRETS), method);
  // No signature; or one of other bytes, which is the right one where the bytes are not signed.
  if (dice < 0.95) return { fuzzed, isVerified: false, body: withoutSecret(fuzzed, body), signed: {}, method };
  const signed = sign(fuzzed, Buffer.concat([body, Buffer.from(' ')]), fuzzed.secret, method);
  return { ...signed, isVerified: true, body: signed.signed.body ?? body };
}

function sign(fuzzed: Fuzzed, body: Buffer, secret: string, method: string): Posted {
  const signed = fuzzed.sign(body, secret);
  const isVerified = secret === fuzzed.secret;
  if ('body' in signed) return { fuzzed, isVerified, body: signed.body ?? body, signed: {}, method };
  return { fuzzed, isVerified, body, signed, method };
}

/** A mutation may have put the secret of another place there. */
function withoutSecret(fuzzed: Fuzzed, body: Buffer): Buffer {
  return fuzzed.sign(body, 'none').body ?? body;
}

function broken({ fuzzed, isVerified }: Posted, status: number, writes: number): string | undefined {
  if (!isVerified && writes > 0) return `${writes} writes, and nobody proved anything`;
  const asksAgain = status === 503 && fuzzed.transport === 'whatsapp' && !isVerified;
  return status >= 500 && !asksAgain ? `answered with ${status}` : undefined;
}

function told({ fuzzed, body, signed, method }: Posted, why: string, seed: number, world: World): string {
  const line = JSON.stringify(world.logs.at(-1));
  const how = `${method} ${fuzzed.transport} ${JSON.stringify(signed)}`;
  return `${why}\n${how}\n${body.toString().slice(0, 3000)}\n${line}\nSEED=${seed} FUZZ_BODIES=1 npx vitest run test/fuzz`;
}

async function openWorld(): Promise<World> {
  const world = await createWorld();
  for (const { transport, identity, credentials } of FUZZED) {
    const { accountId: account } = world.account;
    const named = { channelId: idOf(transport), account, transport, name: transport, plainId: identity, identity };
    await world.store.channels.create({ ...named, credentials, webhookSecret: WEBHOOK_SECRET });
  }
  return world;
}

function idOf(transport: string): string {
  return `fuzzed-${transport}`;
}

async function post(world: World, { fuzzed, body, signed, method }: Posted) {
  let writes = 0;
  world.failing = ({ kind }) => {
    if (WRITES.test(kind)) writes += 1;
    return false;
  };
  const { transport } = fuzzed;
  const channelId = idOf(transport);
  const query = new URLSearchParams(signed.query ?? '');
  const answer = await world.app.routes['receive-message']({
    version: '2.0',
    routeKey: `${method} /webhooks/{transport}/{channelId}`,
    rawPath: `/webhooks/${transport}/${channelId}`,
    rawQueryString: query.toString(),
    queryStringParameters: Object.fromEntries(query),
    headers: { 'content-type': 'application/json', ...signed.headers },
    pathParameters: { transport, channelId },
    requestContext: { http: { method }, domainName: 'konvert.example', stage: '$default' },
    body: body.toString('base64'),
    isBase64Encoded: true,
  } as unknown as APIGatewayProxyEventV2);
  world.failing = undefined;
  // Bells and lines of the log pile up, and nobody hears them here.
  world.dropBells();
  return { status: answer.statusCode ?? 0, writes };
}
