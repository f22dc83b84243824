import type { JSX } from 'preact';
import { Ready } from '../kit/ready.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { Erasures } from './erasures.tsx';
import { OnePerson } from './one-person.tsx';
import { Retention } from './retention.tsx';

/**
 * How long messages are kept, and what a person asks for who wants to know or to be forgotten. `<chatType>/<chatId>` is a
 * person whom a chat has led here.
 */
export function DataScreen({ settings: { options, stored }, path }: ScreenProps): JSX.Element {
  return (
    <>
      <OnePerson stored={stored} path={path} />
      <Erasures stored={stored} />
      <Ready of={options.options}>
        {({ retentionDays }) => <Retention key={retentionDays} options={options} days={retentionDays} />}
      </Ready>
    </>
  );
}
