import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Messenger } from '#channels/channel';
import type { OpenedFile, Receipt, Received, WebhookRequest } from '#channels/inbound';
import type { Credentials } from '#channels/terms';
import type { Answer, MessengerDouble, MessengerFixtures } from '#test/channels/contract';
import { parserOf } from '#test/channels/messages';
import { PATIENCE_MS } from '#test/patience';

/** A secret as Konvert makes it. */
export const WEBHOOK_SECRET = 'a1b2c3d4e5f60718'.repeat(4);

/** The question of a messenger to a new address. */
export interface GreetFixture {
  /** The request that asks whether the address knows that secret. */
  readonly asks: (webhookSecret: string) => Omit<WebhookRequest, 'headers' | 'body'> & Partial<WebhookRequest>;
  /** The credentials of the channel that is asked. None if they do not matter. */
  readonly credentials?: Credentials;
  /** The text that the right answer is, and nothing else. */
  readonly text: string;
}

/** What messengers tell that have one address for several accounts, receipts, imports. */
export interface SharedFixtures {
  /** One body with an item for each of the accounts. */
  readonly accounts: { readonly body: unknown; readonly accounts: readonly string[] };
  /** A message of somebody with several ids, the first of them the chat's own. Absent if everybody has one. */
  readonly ids?: { readonly body: unknown; readonly ids: readonly string[] };
  /** Absent if receipts are not told by status and message, or none gives back what was sent along. */
  readonly receipts?: {
    /** A body with those receipts of one message. */
    readonly body: (...statuses: readonly Receipt['status'][]) => unknown;
    readonly providerId: string;
    readonly opaque: string;
    readonly failed: { readonly code: string; readonly reason: string };
  };
  /** Bodies with imported messages, of the client and of the team. Absent if there are no imports. */
  readonly history?: readonly unknown[];
}

/** The outcomes of opening a file. */
export interface FileFixtures {
  /** A file that the client sent. */
  readonly sent: (double: MessengerDouble) => { readonly fileId: string; readonly bytes: Uint8Array };
  /** The answer to that call leads to the outcome. Each key says what happened. */
  readonly outcomes: Readonly<
    Record<
      string,
      Answer & { readonly method: string; readonly kind: OpenedFile['kind']; readonly afterSeconds?: number }
    >
  >;
}

const STATUSES = ['sent', 'delivered', 'read', 'played', 'failed'] as const;

export function describeGreet({ inbound }: Messenger, fixture: GreetFixture | undefined): void {
  describe('greet', () => {
    const answer = (asked: Partial<WebhookRequest>, webhookSecret = WEBHOOK_SECRET) =>
      inbound.greet?.(
        { method: 'POST', query: {}, headers: {}, body: new Uint8Array(), ...asked },
        { credentials: fixture?.credentials ?? {}, webhookSecret },
      );

    test('a webhook is no question', async () => {
      expect(await answer({ method: 'POST', body: Buffer.from('{}') })).toBeUndefined();
    });

    if (!fixture) return;
    const { asks, text } = fixture;

    test('the right secret is answered with the text that was asked for, and nothing else', async () => {
      expect(await answer(asks(WEBHOOK_SECRET))).toEqual({ status: 200, text });
    });

    test.each([
      { name: 'another secret', asked: asks(`${WEBHOOK_SECRET.slice(0, -1)}~`), secret: WEBHOOK_SECRET },
      { name: 'a longer secret', asked: asks(`${WEBHOOK_SECRET}a`), secret: WEBHOOK_SECRET },
      { name: 'a shorter secret', asked: asks(WEBHOOK_SECRET.slice(0, -1)), secret: WEBHOOK_SECRET },
      { name: 'an empty secret', asked: asks(''), secret: WEBHOOK_SECRET },
      { name: 'a channel without a secret', asked: asks(''), secret: '' },
      { name: 'a question without anything', asked: { ...asks(''), query: {} }, secret: WEBHOOK_SECRET },
    ])('$name gets no answer', async ({ asked, secret }) => {
      // Another secret of the channel may be the right one.
      expect(await answer(asked, secret)).toBeUndefined();
    });
  });
}

export function describeShared(messenger: Messenger, fixtures: SharedFixtures | undefined): void {
  const parse = parserOf(messenger);

  describe('what several accounts share', () => {
    test('has one address, or no account is told', () => {
      expect(messenger.inbound.sharesAddress === true).toBe(fixtures !== undefined);
    });

    if (!fixtures) return;
    const { accounts, ids, receipts, history } = fixtures;

    test('each item names the account that it came for', () => {
      expect(parse(accounts.body).map(({ account }) => account)).toEqual(accounts.accounts);
    });

    test.runIf(ids)('all ids of a person are told, the one of the chat first', () => {
      const [received] = parse(ids!.body);

      expect(received && 'ids' in received && received.ids.map(({ chatId }) => chatId)).toEqual(ids!.ids);
    });

    test.runIf(history)('imported history opens nothing, and says that it is an import', () => {
      const messages = history!.flatMap((body) => parse(body)).filter(isSaid);

      expect(new Set(messages.map(({ kind }) => kind))).toEqual(new Set(['client', 'echo']));
      expect(messages.filter(({ opens, history }) => opens || history !== true)).toEqual([]);
    });

    if (!receipts) return;

    test('a receipt names the message, and gives back what was sent along', () => {
      const [received] = parse(receipts.body('delivered'));

      expect(received).toMatchObject({
        kind: 'receipt',
        of: { providerId: receipts.providerId },
        opaque: receipts.opaque,
        status: 'delivered',
      });
    });

    test('a receipt of a failure says why', () => {
      expect(parse(receipts.body('failed'))).toMatchObject([{ status: 'failed', error: receipts.failed }]);
    });

    test('receipts are read each by itself, in whatever order they come and however often', () => {
      const alone = new Map(STATUSES.map((status) => [status, parse(receipts.body(status))[0]]));
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...STATUSES), { minLength: 1, maxLength: 12 }), (order) => {
          expect(parse(receipts.body(...order))).toEqual(order.map((status) => alone.get(status)));
        }),
      );
    });
  });
}

function isSaid(item: Received): item is Extract<Received, { kind: 'client' | 'echo' }> {
  return item.kind === 'client' || item.kind === 'echo';
}

export function describeLimits({ outbound }: Messenger, { send }: MessengerFixtures): void {
  describe('refuses', () => {
    test.each(Object.entries(send.limits))('%s: what is at the limit is taken, one more is not', (_, limit) => {
      expect(outbound.refuses(limit.taken)).toBeUndefined();
      expect(outbound.refuses(limit.refused)).toBe(limit.code);
    });
  });
}

export function describeFiles(
  { inbound, setup }: Messenger,
  { files, credentials: given }: MessengerFixtures,
  double: () => Promise<MessengerDouble>,
): void {
  test('clients’ files can be read, or the messenger says so', () => {
    expect(inbound.openFile !== undefined).toBe(files !== undefined);
  });

  describe.runIf(files)('openFile', () => {
    let api: MessengerDouble;
    let credentials: Credentials;

    beforeEach(async () => {
      api = await double();
      const read = setup.readCredentials(given.input(api.baseUrl));
      if (!('credentials' in read)) throw new Error(`Wrong fixtures: ${read.fields}`);
      credentials = read.credentials;
    });

    afterEach(() => api.stop());

    const { sent, outcomes } = files ?? ({ outcomes: {} } as FileFixtures);
    const open = (fileId: string, signal = AbortSignal.timeout(PATIENCE_MS)) =>
      inbound.openFile!(credentials, fileId, signal);

    test('a file is read with all of its bytes', async () => {
      const { fileId, bytes } = sent(api);

      const opened = await open(fileId);

      if (opened.kind !== 'file') return expect.unreachable(opened.kind);
      const read = Buffer.concat(await Array.fromAsync(opened.body));
      expect(read.equals(bytes)).toBe(true);
      if (opened.size !== undefined) expect(opened.size).toBe(bytes.length);
      if (opened.sha256 !== undefined) expect(opened.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    });

    test.each(Object.entries(outcomes))('%s', async (_, { method, kind, afterSeconds, ...answer }) => {
      const { fileId } = sent(api);
      api.answerNext(method, answer);

      const opened = await open(fileId);

      expect(opened).toMatchObject({ kind, ...(afterSeconds !== undefined && { afterSeconds }) });
    });

    test('a server that is down, and a signal that aborts: later', async () => {
      const { fileId } = sent(api);
      expect(await open(fileId, AbortSignal.abort())).toMatchObject({ kind: 'later' });
      await api.stop();

      expect(await open(fileId)).toMatchObject({ kind: 'later' });
    });
  });
}
