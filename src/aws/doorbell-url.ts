import { DOORBELL_URL_VARIABLE } from '#lib/variable-names';

/** The address of this deployment's doorbell (`wss://…`). Undefined: it has none. */
export function doorbellUrl(): string | undefined {
  const url = process.env[DOORBELL_URL_VARIABLE];
  const engine = process.env.AWS_ENDPOINT_URL;
  if (!url || !engine) return url || undefined;
  // An engine in the place of AWS serves every API at its own address.
  const { hostname, pathname } = new URL(url);
  return `${engine.replace(/^http/, 'ws')}/_aws/execute-api/${hostname.split('.')[0]}${pathname}`;
}
