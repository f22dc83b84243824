import type { JSX } from 'preact';
import type { App } from '../../models.ts';
import { t } from '../../words/words.ts';

/** Says quietly that the server has a newer page. */
export function VersionLine({ page }: { page: Pick<App, 'isOld' | 'reload'> }): JSX.Element | null {
  return page.isOld.value ? (
    <p class="connection-line" role="status">
      {t('shell.new-version')}{' '}
      <button type="button" class="link" onClick={() => page.reload()}>
        {t('shell.reload')}
      </button>
    </p>
  ) : null;
}
