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
  /** A new name that was said, of which nobody knows whether it holds, because the answer was lost. */
  let unsure: { readonly before: string; readonly name: string } | undefined;
  const send = async (body: object) => {
    const answer = await answerOf(api.PATCH('/v1/settings', { body }));
    // Of a lost answer nobody knows whether it was done.
    if (answer.kind !== 'refused') await schedules.reload();
    return answer;
  };
  const patch = async (body: object, words: Readonly<Record<string, Key>> = {}) => {
    bodyOr(await send(body), words);
  };
  const rename = async (before: string, name: string) => {
    const answer = await send({ renameSchedules: { [before]: name } });
    unsure = answer.kind === 'lost' ? { before, name } : undefined;
    bodyOr(answer, {});
  };
  return {
    schedules,
    async save(name, hours, before = name) {
      const held = unsure?.before === before ? unsure.name : before;
      // Said again it changes nothing.
      if (held !== before) await rename(before, held);
      // The hours first: if they are refused, the schedule has its name still, and can be given any other.
      await patch({ schedules: { [held]: hours } });
      if (held !== name) await rename(held, name);
    },
    remove: (name) => patch({ schedules: { [name]: null } }, IN_USE),
    setZone: (zone) => patch({ zone }),
  };
}
