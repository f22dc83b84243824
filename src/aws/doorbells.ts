import { AwsClient } from 'aws4fetch';
import { keysOfFunction } from '#aws/function-keys';
import { readVariables } from '#aws/variables';
import type { Doorbells } from '#bells';
import { DOORBELL_VARIABLE } from '#lib/variable-names';

const CALL_MS = 3_000;
const RETRIES = 1;

/**
 * The WebSocket API of this deployment; undefined if it has none. A client of 7 KB speaks to it, as to the bucket (ADR
 * 43). https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 */
export function createDoorbells(): Doorbells | undefined {
  // The id of the API and its stage.
  const place = process.env[DOORBELL_VARIABLE];
  if (!place) return undefined;
  const { AWS_REGION: region } = readVariables('AWS_REGION');
  const [apiId, stage] = place.split('/');
  const endpoint = process.env.AWS_ENDPOINT_URL;
  const base = endpoint
    ? `${endpoint}/_aws/execute-api/${apiId}/${stage}`
    : `https://${apiId}.execute-api.${region}.amazonaws.com/${stage}`;
  return createGatewayDoorbells({ base, region, keys: keysOfFunction });
}

/** What a WebSocket API is reached with. */
export interface GatewayOptions {
  /** The address of its stage. */
  readonly base: string;
  readonly region: string;
  readonly keys: typeof keysOfFunction;
}

/** The sockets of a WebSocket API. */
export function createGatewayDoorbells({ base, region, keys }: GatewayOptions): Doorbells {
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
    addressFor: (ticket) => `${base.replace(/^http/, 'ws')}?ticket=${ticket}`,

    async post(socketId, body) {
      const signal = AbortSignal.timeout(CALL_MS);
      const url = `${base}/@connections/${encodeURIComponent(socketId)}`;
      const response = await client().fetch(url, { method: 'POST', body, signal });
      await response.body?.cancel();
      if (response.status === 410) return 'gone';
      if (response.ok) return 'sent';
      throw Object.assign(new Error('The gateway refused a message'), { code: `GATEWAY_${response.status}` });
    },
  };
}
