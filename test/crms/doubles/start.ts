import { openAmocrm } from './amocrm/rig.ts';
import { openBitrix24 } from './bitrix24/rig.ts';
import { openHubspot } from './hubspot/rig.ts';

// node test/crms/doubles/start.ts amocrm|bitrix24|hubspot: the double answers on a free port until SIGTERM. Its first line
// is JSON: the address that stands in for every host of the CRM, and with what to call it.

const [, , crm = ''] = process.argv;
const open = { amocrm: openAmocrm, bitrix24: openBitrix24, hubspot: openHubspot }[crm];
if (!open) throw new Error(`There is no double of "${crm}": amocrm, bitrix24 or hubspot`);
const rig = await open();
if (rig.double.baseUrl === '') await rig.double.listen();
const { hands, session, credentials } = rig;
const userId = hands.addUser({ name: 'Anna Kern' });
// More than a page of any list, and what a search has seen.
const contacts = Array.from({ length: 260 }, (_, index) =>
  hands.addContact({ name: `Client ${index}`, phone: `+7999${1_000_000 + index}`, responsibleUserId: userId }),
);
hands.addDeal({ name: 'Sale', contacts: contacts.slice(0, 1), responsibleUserId: userId });
rig.clock.pass(60_000);
process.once('SIGTERM', () => void rig.stop());
console.log(
  JSON.stringify({
    url: rig.double.baseUrl,
    host: session.host,
    accessToken: session.accessToken,
    credentials,
    userId,
  }),
);
