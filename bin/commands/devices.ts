import { dataOf } from '../../clients/typescript/index.ts';
import { type Column, onOneLine, tableOf } from '../terminal/table.ts';
import { timeOf } from '../terminal/times.ts';
import { agreed, type Noun, yesOption } from '../terminal/verb.ts';
import { namesOf, usersOf } from './find.ts';

const COLUMNS: readonly Column[] = [
  { head: 'WHO', shrinks: true },
  { head: 'BROWSER', shrinks: true },
  { head: 'SINCE' },
  { head: 'LAST USED' },
  { head: 'ID' },
];

/** The commands of devices. */
export function addDevices({ verb }: Noun): void {
  verb('list', 'The browsers that are signed in to the page', 'devices list', async ({ api, terminal }) => {
    const konvert = await api();
    const { devices } = await dataOf(konvert.GET('/v1/devices'));
    if (devices.length === 0) return { json: [], text: 'No browser is signed in.' };
    const names = namesOf(await usersOf(konvert), []);
    const rows = devices.map(({ deviceId, userId, userAgent, createdAt, lastUsedAt }) => [
      names.user(userId),
      userAgent,
      timeOf(createdAt),
      timeOf(lastUsedAt),
      deviceId,
    ]);
    return { json: devices, text: tableOf(COLUMNS, rows, terminal.width) };
  });

  verb<{ yes?: boolean }>(
    'end <deviceId>',
    'Sign a browser out, within 10 seconds',
    'devices end 4f0c2f --yes',
    async (run, deviceId = '') => {
      const konvert = await run.api();
      await agreed(run, `The browser ${onOneLine(deviceId)} will be signed out. Go on?`);
      const gone = await dataOf(konvert.DELETE('/v1/devices/{deviceId}', { params: { path: { deviceId } } }));
      return { json: gone, text: 'It is signed out within 10 seconds.' };
    },
  ).addOption(yesOption());
}
