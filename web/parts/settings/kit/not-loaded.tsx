import type { JSX } from 'preact';
import { reloadPage } from '../../../kit/reload.ts';
import { t } from '../../../words/words.ts';
import { Failure } from './failure.tsx';

/** In the place of a screen whose code could not be loaded. */
export function NotLoaded(): JSX.Element {
  return <Failure words={t('data.no-answer')} retry={reloadPage} />;
}
