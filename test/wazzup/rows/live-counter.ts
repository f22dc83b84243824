import { listenAt, TRANSPORTS } from '#test/e2e/live-counter';
import { OLGA, push, settings } from '../entities.ts';
import { anyText, type Expected, message, type Row, type Step } from '../row.ts';
import { clientWrites } from '../steps.ts';

/** Without a header, as a client asks for it. */
const ASK_HOST = {
  ask: 'GET /counters/ws_host/api_v3/{key}',
  headers: { authorization: null, 'content-type': null },
} as const;
const HOST: Expected = { status: 200, body: { host: anyText } };

const seller = [push('users', OLGA), settings({ 17: 'seller with switch' })];

/** Listens with socket.io-client 4.1.3: 0, then 1 when the client has written, then 0 when somebody has replied. */
function follows(transports: readonly string[]): Step {
  return async (playing) => {
    const said = { type: 'api_v3', apiKey: await playing.named('key'), userId: '17' };
    const client = listenAt(`http://127.0.0.1:${playing.shop.port}`, said, transports);
    await client.says(0, null);
    await clientWrites('hello')(playing);
    await client.says(1, 'red');
    await playing.call({ ask: 'POST /v3/message', body: message() });
    await client.says(0, null);
  };
}

export const rows: readonly Row[] = [
  {
    section: '10.2',
    says: 'the host of the sockets is told without a header',
    call: ASK_HOST,
    expect: HOST,
  },
  ...TRANSPORTS.map(
    (transports): Row => ({
      section: '10.2',
      says: `a client that listens by ${transports.join(' and ')} is told the counter at once and with each change`,
      given: seller,
      call: ASK_HOST,
      expect: HOST,
      afterwards: [follows(transports)],
    }),
  ),
];
