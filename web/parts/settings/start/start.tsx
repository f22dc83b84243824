import type { JSX } from 'preact';
import type { ScreenProps } from '../screen-props.ts';

/** What is still to do. */
export function Start(_props: ScreenProps): JSX.Element {
  return <div />;
}
