import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { App, PresenceModel } from '../../models.ts';

/** The status of the user and what it takes, once it is loaded. */
export function usePresence(app: App): PresenceModel | undefined {
  const presence = useSignal<PresenceModel | undefined>(undefined);
  useEffect(() => {
    // Without it the page is as it was: it is asked for again with the next page.
    app.presence().then(
      (loaded) => {
        presence.value = loaded;
      },
      () => undefined,
    );
  }, [app]);
  return presence.value;
}
