import type { Messenger } from '#channels/channel';
import type { Inbound, Received } from '#channels/inbound';

/** Telegram with webhooks that may tell anything: a body `{received}` is what it says. `more` is what else it can do. */
export function toldMessenger(more: Partial<Inbound> = {}): (telegram: Messenger) => Messenger {
  return ({ inbound, ...telegram }) => {
    const parse: Inbound['parse'] = (body, context) =>
      (body as { received?: Received[] }).received ?? inbound.parse(body, context);
    return { ...telegram, inbound: { ...inbound, parse, ...more } };
  };
}
