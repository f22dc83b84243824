import type { JSX } from 'preact';
import type { ScreenProps } from '../screen-props.ts';

/** The channels, and connecting one. */
export function Channels(_props: ScreenProps): JSX.Element {
  return <div />;
}
