import type { components, KonvertClient } from '../../../clients/typescript/index.ts';
import type { Hours, HoursModel, NamedHours } from '../../settings-models/hours.ts';
import type { Key } from '../../words/words.ts';
import { answerOf, mapped } from '../api.ts';
import { loading } from './loading.ts';
import { bodyOr } from './refusal.ts';

type Schemas = components['schemas'];

const IN_USE: Readonly<Record<string, Key>> = { INVALID_SETTINGS: 'hours.in-use' };

/** Schedules by name, as the API has them. It describes an interval as any list of times. */
export function namedHours(schedules: Schemas['AllSettings']['schedules']): readonly NamedHours[] {
  return Object.entries(schedules)
    .map(([name, hours]) => ({ name, hours: hours as unknown as Hours }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** The schedules of the account. */
export function createHours(api: KonvertClient): HoursModel {
  const schedules = loading(async () =>
    mapped(await answerOf(api.GET('/v1/settings')), ({ schedules: named, zone }) => ({
      all: namedHours(named),
      zone,
    })),
  );
  const patch = async (body: object, words: Readonly<Record<string, Key>> = {}) => {
    const answer = await answerOf(api.PATCH('/v1/settings', { body }));
    // Of a lost answer nobody knows whether it was done.
    if (answer.kind !== 'refused') await schedules.reload();
    bodyOr(answer, words);
  };
  return {
    schedules,
    async save(name, hours, before = name) {
      // Sent again after a lost answer it changes nothing.
      if (before !== name)
        bodyOr(await answerOf(api.PATCH('/v1/settings', { body: { renameSchedules: { [before]: name } } })), {});
      await patch({ schedules: { [name]: hours } });
    },
    remove: (name) => patch({ schedules: { [name]: null } }, IN_USE),
    setZone: (zone) => patch({ zone }),
  };
}
