import { afterEach, beforeEach } from 'vitest';
import { createEvolution } from '#channels/evolution/index';
import type { KnownBy, Received, ReceivedMessage } from '#channels/inbound';
import type { Outgoing, OutgoingContent, Sent } from '#channels/outbound';
import { parserOf, textTo } from '#test/channels/messages';
import { type EvolutionDouble, startEvolution } from '#test/doubles/evolution';
import { type HttpDouble, startHttpDouble } from '#test/doubles/http';
import { PATIENCE_MS } from '#test/patience';
import { DANA, DANA_LID, INSTANCE_KEY } from './webhooks.ts';

export const SECRET = 'a1b2c3d4e5f60718'.repeat(4);
export const ALL_BY_LID = { phone: DANA, lid: DANA_LID, name: 'Dana', onlyByLid: true };
export const HIDDEN = { lid: '99887766554433@lid', name: 'Zoe' };
export const bothIds = [
  { chatType: 'whatsapp', chatId: DANA },
  { chatType: 'whatsapp', chatId: DANA_LID },
] as const;

/** A bridge, the adapter, and a webhook that answers what it is told to. */
interface Rig {
  bridge: EvolutionDouble;
  evolution: ReturnType<typeof createEvolution>;
  credentials: KnownBy['credentials'];
  heard: HttpDouble<{ method: string; body: unknown; authorization: string }>;
  answers: number;
}

export const rig = {} as Rig;

/** Starts all of it for each test of a file. */
export function useRig(): void {
  beforeEach(async () => {
    rig.answers = 200;
    rig.bridge = await startEvolution({ people: [ALL_BY_LID, HIDDEN, { phone: '12025550199' }] });
    rig.evolution = createEvolution({ clock: rig.bridge.clock });
    rig.credentials = { serverUrl: rig.bridge.baseUrl, instance: 'shop', apiKey: INSTANCE_KEY };
    rig.heard = await startHttpDouble(
      ({ bytes, headers }) => ({
        method: 'POST',
        body: JSON.parse(bytes.toString('utf8')),
        authorization: headers.authorization ?? '',
      }),
      () => ({ status: rig.answers, body: '' }),
    );
    await rig.evolution.setup.register({ credentials: rig.credentials, webhookSecret: SECRET }, rig.heard.baseUrl);
  });

  afterEach(async () => {
    await Promise.all([rig.bridge.stop(), rig.heard.stop()]);
  });
}

export const signal = () => AbortSignal.timeout(PATIENCE_MS);
export const parse = (body: unknown): Received[] => parserOf(rig.evolution)(body);
export const only = (body: unknown) => parse(body)[0] as ReceivedMessage;
export const last = () => rig.heard.calls.at(-1)!;
export const told = () => parse(last().body);
export const chatIds = (received: Received | undefined) =>
  received && 'ids' in received ? received.ids.map(({ chatId }) => chatId) : [];
export const send = (message: Outgoing): Promise<Sent> =>
  rig.evolution.outbound.send(rig.credentials, message, signal());
export const to = (content: OutgoingContent, more: Partial<Outgoing> = {}): Outgoing => ({
  ...textTo(DANA, '', more, 'whatsapp'),
  content,
});
export const sentBodies = () =>
  rig.bridge.calls
    .filter(({ method }) => method.startsWith('POST message/'))
    .map(({ body }) => body as { number: string });
