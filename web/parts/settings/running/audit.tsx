import type { JSX } from 'preact';
import type { ScreenProps } from '../screen-props.ts';

/** Who has changed what. */
export function Audit(_props: ScreenProps): JSX.Element {
  return <div />;
}
