import type { JSX } from 'preact';
import type { ScreenProps } from '../screen-props.ts';
import { ApiKeys } from './api-keys.tsx';
import { Devices } from './devices.tsx';

/** What opens the account: keys of programs, and browsers of people. */
export function Keys({ settings: { keys, people } }: ScreenProps): JSX.Element {
  return (
    <>
      <ApiKeys model={keys} />
      <Devices model={keys} people={people} />
    </>
  );
}
