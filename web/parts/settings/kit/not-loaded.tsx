import type { JSX } from 'preact';
import { reloadPage } from '../../../kit/reload.ts';
import { t } from '../../../words/words.ts';
import { Failure } from './failure.tsx';

/** Stands in the place of a screen if its code could not be loaded. */
export function NotLoaded(): JSX.Element {
  return <Failure words={t('data.no-answer')} retry={reloadPage} />;
}
