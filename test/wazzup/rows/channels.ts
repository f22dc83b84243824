import { anyUuid, type Row } from '../row.ts';

/** Section 2. */
export const rows: readonly Row[] = [
  {
    section: '2',
    says: 'the answer is an array without pages, empty at first',
    call: 'GET /v3/channels',
    expect: { status: 200, body: [] },
  },
  {
    section: '2',
    of: ['channelId', 'transport', 'plainId', 'state', 'name', 'telegram', 'active'],
    says: 'a channel has an id, a transport, an account of the messenger, a state and a name',
    given: [({ telegram }) => telegram()],
    call: 'GET /v3/channels',
    expect: {
      status: 200,
      body: [{ channelId: anyUuid, transport: 'telegram', plainId: 'konvert_bot', state: 'active', name: 'Bot' }],
    },
  },
];
