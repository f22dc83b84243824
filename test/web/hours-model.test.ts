import { beforeAll, expect, test } from 'vitest';
import { createApi } from '../../web/data/api.ts';
import { createHours } from '../../web/data/settings/hours.ts';
import { speak } from '../../web/words/words.ts';

const WEEK = { mon: [['09:00', '18:00']] } as const;
const GOOD = { zone: 'UTC', week: WEEK, exceptions: {} };
const BAD = { ...GOOD, zone: 'Nowhere/Gone' };

beforeAll(() => speak('en'));

/** The schedules of an account as the server keeps them, which refuses a zone and names that it does not know. */
function createServer(...names: string[]) {
  const kept = new Map(names.map((name) => [name, GOOD]));
  const refused = () => Response.json({ error: 'INVALID_SETTINGS', description: 'Refused' }, { status: 400 });
  const change = async (request: Request) => {
    const { schedules = {}, renameSchedules = {} } = await request.json();
    for (const [before, name] of Object.entries<string>(renameSchedules)) {
      const hours = kept.get(before);
      if (!hours !== kept.has(name)) return refused();
      if (!hours) continue;
      kept.delete(before);
      kept.set(name, hours);
    }
    for (const [name, hours] of Object.entries<typeof GOOD>(schedules)) {
      if (hours.zone === BAD.zone) return refused();
      kept.set(name, hours);
    }
    return undefined;
  };
  const lost = new Set<number>();
  let asked = 0;
  const answer = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    asked += 1;
    const isLost = lost.has(asked);
    const no = request.method === 'PATCH' ? await change(request) : undefined;
    if (isLost) throw new TypeError('offline');
    return no ?? Response.json({ schedules: Object.fromEntries(kept), zone: 'UTC' });
  };
  const api = createApi('http://konvert.test', { token: () => 'kp_1', renew: async () => false }, answer);
  return { kept, lost, model: createHours(api) };
}

test('a new name with hours that are refused changes nothing, so the next try may choose another name', async () => {
  const { kept, model } = createServer('Office');

  await expect(model.save('Shop', BAD, 'Office')).rejects.toThrow('Refused');
  expect([...kept.keys()]).toEqual(['Office']);
  await model.save('Warehouse', GOOD, 'Office');

  expect([...kept.keys()]).toEqual(['Warehouse']);
});

test('of a new name that is refused, the next try may choose another, too', async () => {
  const { kept, model } = createServer('Office', 'Shop');
  const later = { ...GOOD, zone: 'Europe/Moscow' };

  await expect(model.save('Shop', later, 'Office')).rejects.toThrow('Refused');
  await model.save('Warehouse', later, 'Office');

  expect(Object.fromEntries(kept)).toEqual({ Shop: GOOD, Warehouse: later });
});

test.each(['Shop', 'Warehouse'])(
  'of a new name whose answer was lost, the next try makes no second schedule: %s',
  async (name) => {
    const { kept, lost, model } = createServer('Office');
    const later = { ...GOOD, zone: 'Europe/Moscow' };
    // The first two are of the hours: stored, and read.
    for (const request of [3, 4]) lost.add(request);

    await expect(model.save('Shop', later, 'Office')).rejects.toThrow();
    await model.save(name, later, 'Office');

    expect(Object.fromEntries(kept)).toEqual({ [name]: later });
  },
);

test('a schedule that is new needs no other name', async () => {
  const { kept, model } = createServer();

  await model.save('Office', GOOD);

  expect([...kept.keys()]).toEqual(['Office']);
});
