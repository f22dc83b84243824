import type { JSX } from 'preact';
import type { ScreenProps } from '../screen-props.ts';

/** What leaves, and what could not. */
export function Deliveries(_props: ScreenProps): JSX.Element {
  return <div />;
}
