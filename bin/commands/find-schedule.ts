import { type components, dataOf, type KonvertClient } from '../../clients/typescript/index.ts';
import { namedOne } from '../terminal/names.ts';

/** A schedule of the account, with its name and its hours as they hold now. */
export interface NamedHours extends Hours {
  readonly name: string;
}

type Hours = components['schemas']['StoredHours'];

/** All schedules of the account, by name. */
export async function schedulesOf(konvert: KonvertClient): Promise<NamedHours[]> {
  const { schedules } = await dataOf(konvert.GET('/v1/settings'));
  return Object.entries(schedules).map(([name, hours]) => ({ name, ...hours }));
}

/** The schedule of that name. */
export function scheduleCalled(given: string, all: readonly NamedHours[]): NamedHours {
  return namedOne('schedule', given, all, ({ name }) => ({ id: name, names: [] }));
}
