import type { JSX } from 'preact';
import type { ScreenProps } from '../screen-props.ts';

/** Whether anybody waits, and what is behind. */
export function Health(_props: ScreenProps): JSX.Element {
  return <div />;
}
