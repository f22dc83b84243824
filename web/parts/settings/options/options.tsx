import type { JSX } from 'preact';
import type { ScreenProps } from '../screen-props.ts';

/** The options for all channels, and who may show the page in a frame. */
export function Options(_props: ScreenProps): JSX.Element {
  return <div />;
}
