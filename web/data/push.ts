import { signal } from '@preact/signals';
import type { PushModel, PushState } from '../models.ts';
import type { Context } from './context.ts';
import type { Pushes, TellVisible } from './pushes.ts';

/** Makes what turns notifications on and off, and loads it. In a frame no browser allows them. */
export function createPush({ api, me: { pushKey } }: Context, tellVisible: TellVisible, failed: () => void): PushModel {
  const isPossible =
    pushKey !== undefined && window.parent === window && 'serviceWorker' in navigator && 'PushManager' in window;
  const state = signal<PushState>(isPossible ? 'off' : 'impossible');
  const choice = signal<PushModel['choice']['value']>(undefined);
  let pushes: Promise<Pushes> | undefined;
  const load = async () => {
    if (!isPossible) return undefined;
    pushes ??= import('./pushes.ts').then(({ startPushes }) =>
      startPushes({ api, pushKey, state, choice, tellVisible, failed }),
    );
    // What could not be loaded is asked for again.
    return pushes.catch(() => {
      pushes = undefined;
      return undefined;
    });
  };
  void load();
  return {
    state,
    choice,
    async turnOn() {
      if ((await (await load())?.turnOn()) === undefined) failed();
    },
    turnOff: async () => (await load())?.turnOff(),
    choose: async (wanted) => (await load())?.choose(wanted) ?? false,
  };
}
