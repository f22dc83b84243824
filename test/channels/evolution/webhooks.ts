/** Bodies as the bridge posts them. */

export const DANA = '12025550142';
export const DANA_JID = `${DANA}@s.whatsapp.net`;
export const DANA_LID = '174788123316419@lid';
/** The phone of the channel. */
export const OWN_JID = '14155550100@s.whatsapp.net';
export const INSTANCE_KEY = 'DOUBLE-INSTANCE-KEY';
export const TIME = 1_796_000_000;

type Fields = Readonly<Record<string, unknown>>;

/** A webhook. It has the key of the instance, as every one has. */
export function webhook(event: string, data: unknown, more: Fields = {}) {
  return {
    event,
    instance: 'shop',
    data,
    destination: 'https://konvert.example/webhook',
    date_time: new Date(TIME * 1000).toISOString(),
    sender: OWN_JID,
    server_url: 'http://bridge.local:8080',
    apikey: INSTANCE_KEY,
    ...more,
  };
}

/** A message of Dana's. */
export function message(content: Fields, more: Fields = {}, key: Fields = {}) {
  return {
    key: { id: '3EB0M01', remoteJid: DANA_JID, fromMe: false, addressingMode: 'pn', ...key },
    pushName: 'Dana',
    status: 'DELIVERY_ACK',
    message: content,
    contextInfo: null,
    messageType: Object.keys(content)[0] ?? 'unknown',
    messageTimestamp: TIME,
    instanceId: 'i1',
    source: 'android',
    ...more,
  };
}

/** What Dana said. */
export function said(content: Fields, more: Fields = {}, key: Fields = {}) {
  return webhook('messages.upsert', message(content, more, key));
}

/** What somebody wrote on the phone. */
export function echoed(content: Fields, more: Fields = {}) {
  return said(content, { pushName: 'Você', status: 'SERVER_ACK', ...more }, { fromMe: true, id: '3EB0E01' });
}

/** What became of a message of ours. */
export function status(word: string, more: Fields = {}) {
  return webhook('messages.update', {
    keyId: '3EB0OUT17',
    remoteJid: DANA_JID,
    fromMe: true,
    status: word,
    instanceId: 'i1',
    ...more,
  });
}
