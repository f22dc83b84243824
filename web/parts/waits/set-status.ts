import { wordsOfError } from '../../core/words-of-error.ts';
import type { App, PresenceModel } from '../../models.ts';
import { t } from '../../words/words.ts';

/** Says the status of the user. True if it was taken; else why not is told. */
export async function setStatus(
  app: App,
  presence: PresenceModel,
  ...said: Parameters<PresenceModel['set']>
): Promise<boolean> {
  try {
    await presence.set(...said);
    return true;
  } catch (error) {
    app.toast(t('waits.failed', { why: wordsOfError(error) }));
    return false;
  }
}
