import type { JSX } from 'preact';
import type { ScreenProps } from '../screen-props.ts';

/** Why users became responsible for clients. */
export function Assignments(_props: ScreenProps): JSX.Element {
  return <div />;
}
