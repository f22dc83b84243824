import type { JSX } from 'preact';
import type { ScreenProps } from '../screen-props.ts';

/** Who gets what. */
export function Roles(_props: ScreenProps): JSX.Element {
  return <div />;
}
