// Loaded before a deployed function: what it calls of amoCRM answers on this machine. The hosts of amoCRM are fixed, because
// tokens go nowhere else, so no setting of a deployment can lead it here.

const { AMOCRM_DOUBLE: double = '' } = process.env;
const HOSTS = /^https:\/\/[a-z0-9-]+\.(amocrm\.ru|amocrm\.com|kommo\.com)(?=\/)/;
const { fetch: calls } = globalThis;

if (double !== '') {
  globalThis.fetch = (input, init) => calls(typeof input === 'string' ? input.replace(HOSTS, double) : input, init);
}
