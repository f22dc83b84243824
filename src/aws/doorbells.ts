import { AwsClient } from 'aws4fetch';
import { doorbellUrl } from '#aws/doorbell-url';
import { keysOfFunction } from '#aws/function-keys';
import { readVariables } from '#aws/variables';
import type { Doorbells } from '#bells';

const CALL_MS = 3_000;
const RETRIES = 1;

/**
 * The WebSocket API of this deployment; undefined if it has none. A client of 7 KB speaks to it, as to the bucket (ADR
 * 43). https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 */
export function createDoorbells(): Doorbells | undefined {
  const url = doorbellUrl();
  if (url === undefined) return undefined;
  const { AWS_REGION: region } = readVariables('AWS_REGION');
  return createGatewayDoorbells({ url, region, keys: keysOfFunction });
}

/** What a WebSocket API is reached with. */
export interface GatewayOptions {
  /** The address of its stage (`wss://…`). */
  readonly url: string;
  readonly region: string;
  readonly keys: typeof keysOfFunction;
}

/** The sockets of a WebSocket API. */
export function createGatewayDoorbells({ url, region, keys }: GatewayOptions): Doorbells {
  const calls = url.replace(/^ws/, 'http');
  let made: AwsClient | undefined;
  function client(): AwsClient {
    const { sessionToken, ...pair } = keys();
    made ??= new AwsClient({
      ...pair,
      region,
      service: 'execute-api',
      retries: RETRIES,
      ...(sessionToken && { sessionToken }),
    });
    return made;
  }

  return {
    addressFor: (ticket) => `${url}?ticket=${ticket}`,

    async post(socketId, body) {
      const signal = AbortSignal.timeout(CALL_MS);
      const place = `${calls}/@connections/${encodeURIComponent(socketId)}`;
      const response = await client().fetch(place, { method: 'POST', body, signal });
      await response.body?.cancel();
      if (response.status === 410) return 'gone';
      if (response.ok) return 'sent';
      throw Object.assign(new Error('The gateway refused a message'), { code: `GATEWAY_${response.status}` });
    },
  };
}
