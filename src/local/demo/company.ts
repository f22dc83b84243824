import { DEMO_KINDS } from './kinds.ts';
import { DEMO_CLIENTS, type DemoClient } from './kit/clients.ts';

/** The transport of the demo company's bots, which is also the chat type of their chats. */
export const TRANSPORT = 'telegram';

/** The team of the demo company, with what each of them may see and do in its first channel. */
export const PEOPLE = [
  { id: 'olga', name: 'Olga', role: 'manager', allowGetNewClients: false },
  { id: 'ivan', name: 'Ivan', role: 'seller', allowGetNewClients: true },
  { id: 'maria', name: 'Maria', role: 'seller', allowGetNewClients: false },
  { id: 'pavel', name: 'Pavel', role: 'auditor', allowGetNewClients: false },
] as const;

/** The two clients that the CRM knows. The others are new to it. */
export const CONTACTS = [
  { id: 'bob', name: 'Bob of the CRM', responsibleUserId: 'ivan', contactData: addressesOf('bob') },
  { id: 'carol', name: 'Carol of the CRM', responsibleUserId: 'maria', contactData: addressesOf('carol') },
];

/** The people who get the new clients of the second channel in turn. */
export const IN_TURN: readonly string[] = ['ivan', 'maria'];

/** The pipeline and stage of new clients that are given out in turn. */
export const PIPELINE = { id: 'sales', name: 'Sales', stages: [{ id: 'new', name: 'New' }] };

/** The deal that is open in the CRM. */
export const DEALS = [
  { id: 'red-one', name: 'A red one', responsibleUserId: 'ivan', contacts: ['bob'], closed: false },
];

function addressesOf(client: DemoClient) {
  const { id, phone } = DEMO_CLIENTS[client];
  const first = [
    { chatType: TRANSPORT, chatId: String(id) },
    { chatType: 'whatsapp', chatId: phone },
  ];
  const others = DEMO_KINDS.map(({ chatType, chatOf }) => ({ chatType, chatId: chatOf(client) }));
  // The same phone is in WhatsApp twice.
  return [...new Map([...first, ...others].map((one) => [`${one.chatType} ${one.chatId}`, one])).values()];
}
