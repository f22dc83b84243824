import type { JSX } from 'preact';
import type { ScreenProps } from '../screen-props.ts';

/** The API keys and the devices. */
export function Keys(_props: ScreenProps): JSX.Element {
  return <div />;
}
