/** The domains of amoCRM and Kommo: tokens and the client secret go nowhere else. */
const HOST = /^[a-z0-9][a-z0-9-]{0,62}\.(amocrm\.ru|amocrm\.com|kommo\.com)$/;

/** The host of an account, as people paste it: `demo.amocrm.ru`, or the whole address of a page there. */
export function hostOf(written: string): string | undefined {
  const text = written.trim().toLowerCase();
  const host = URL.parse(text.includes('://') ? text : `https://${text}`)?.host ?? '';
  return HOST.test(host) && !host.startsWith('www.') ? host : undefined;
}

/** Where accounts of that part of the world sign in. */
export function frontOf(host: string): string {
  return host.endsWith('.amocrm.ru') ? 'www.amocrm.ru' : 'www.kommo.com';
}

/** The host under another name of the account. */
export function renamed(host: string, subdomain: string): string | undefined {
  return hostOf(`${subdomain}${host.slice(host.indexOf('.'))}`);
}
