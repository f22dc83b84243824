import { signatureOf } from '#crms/hubspot/signature';
import type { World } from './world.ts';

/** The most events in a request. */
const MOST = 100;

export type HubspotHook = Readonly<Record<string, unknown>> & { readonly subscriptionType: string };

/** What goes wrong with hooks on their way. */
export interface OnTheWay {
  /** Whether each request comes twice. */
  readonly twice?: boolean;
  /** Whether the newest come first. */
  readonly reversed?: boolean;
  /** Loses the events for which it says so. */
  readonly loses?: (event: HubspotHook) => boolean;
}

/** Posts what waits to the address, signed, up to 100 events in a request. The statuses of the answers. */
export async function deliver(
  world: World,
  {
    targetUrl,
    secret,
    fetch = globalThis.fetch,
  }: { targetUrl: string; secret: string; fetch?: typeof globalThis.fetch },
  { twice = false, reversed = false, loses = () => false }: OnTheWay = {},
): Promise<readonly number[]> {
  const events = world.hooks.splice(0).filter((event) => !loses(event));
  if (reversed) events.reverse();
  const statuses: number[] = [];
  for (let begin = 0; begin < events.length; begin += MOST) {
    const body = Buffer.from(JSON.stringify(events.slice(begin, begin + MOST)));
    const timestamp = String(world.clock.now());
    const headers = {
      'content-type': 'application/json',
      'x-hubspot-signature-v3': signatureOf('POST', targetUrl, body, timestamp, secret),
      'x-hubspot-request-timestamp': timestamp,
    };
    for (let time = 0; time < (twice ? 2 : 1); time += 1) {
      const response = await fetch(targetUrl, { method: 'POST', headers, body });
      await response.arrayBuffer();
      statuses.push(response.status);
    }
  }
  return statuses;
}
