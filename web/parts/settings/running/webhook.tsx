import type { JSX } from 'preact';
import type { ScreenProps } from '../screen-props.ts';

/** Where events go. */
export function Webhook(_props: ScreenProps): JSX.Element {
  return <div />;
}
