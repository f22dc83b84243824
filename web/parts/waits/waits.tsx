// All that is about clients who wait for too long, as one file that is loaded on demand.

export { Leaving } from './leaving.tsx';
export { SetAway } from './set-away.tsx';
export { speakWaits } from './speak-waits.ts';
export { Status } from './status.tsx';
export { WaitMark } from './wait-mark.tsx';
export { WhyDialog } from './why-dialog.tsx';
