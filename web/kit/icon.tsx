import type { JSX } from 'preact';

/** Drawings of 20 by 20, of one stroke. */
const DRAWINGS = {
  search: 'M9 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12Zm4.5-1.5L17.5 17.5',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  close: 'M5 5l10 10M15 5 5 15',
  back: 'M12 4l-6 6 6 6',
  down: 'M5 7.5l5 5 5-5',
  up: 'M5 12.5l5-5 5 5',
  right: 'M7.5 5l5 5-5 5',
  check: 'M4 10.5l4 4 8-9',
  clock: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 6v4.2l2.8 1.6',
  alert: 'M10 3 2.5 16.5h15L10 3Zm0 5v4m0 2.2v.3',
  envelope: 'M2.5 5h15v10.5h-15zM3 5.5l7 5.5 7-5.5',
  'phone-off':
    'M4 3h3.5l1.5 4-2 1.5a10 10 0 0 0 4.5 4.5l1.5-2 4 1.5V16a1 1 0 0 1-1 1A13 13 0 0 1 3 4a1 1 0 0 1 1-1Zm8.5.5 4 4m0-4-4 4',
  reply: 'M8 5 3 10l5 5M3.5 10H12c3 0 5 2 5 5.5',
  send: 'M3 10 17 3.5 12.5 17 9.5 11.5 3 10Zm6.5 1.5L17 3.5',
  clip: 'M15.5 9.5l-5.8 5.8a3.6 3.6 0 0 1-5-5l6.4-6.5a2.5 2.5 0 0 1 3.5 3.5l-6.1 6.1a1.2 1.2 0 0 1-1.8-1.7L12 6.4',
  smile: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM6.8 11.5a3.6 3.6 0 0 0 6.4 0M7.5 7.5v.5m5-.5v.5',
  slash: 'M12.5 3.5l-5 13',
  dots: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  copy: 'M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7',
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13L5 14Zm3.5 2a1.6 1.6 0 0 0 3 0',
  sound: 'M3 8v4h3l4 3.5v-11L6 8H3Zm10-1a4 4 0 0 1 0 6m2-8.5a7.5 7.5 0 0 1 0 11',
  'sound-off': 'M3 8v4h3l4 3.5v-11L6 8H3Zm10 0 4.5 4.5m0-4.5L13 12.5',
  phone: 'M6 2.5h8v15H6zM9 15h2',
  window: 'M3 4h14v12H3zM3 7.5h14',
  keyboard: 'M2.5 5.5h15v9h-15zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.7h7',
  out: 'M8 3.5H4v13h4M8.5 10H17m-3-3.5 3.5 3.5L14 13.5',
  briefcase: 'M2.5 6.5h15v10h-15zM7 6.5v-3h6v3M2.5 11h15',
  people:
    'M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 16.5c0-3 2-5 5-5s5 2 5 5M13 9.5a2.5 2.5 0 0 0 0-5m1.5 7.5c2 .5 3 2.2 3 4.5',
  person: 'M10 10a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3.5 17c.3-3.5 3-5 6.5-5s6.2 1.5 6.5 5',
  plus: 'M10 4v12M4 10h12',
  play: 'M6 4l10 6-10 6V4Z',
  pause: 'M6.5 4v12M13.5 4v12',
  file: 'M5 2.5h6.5L15 6v11.5H5zM11 2.5V6.5h4',
  image: 'M3 4h14v12H3zM3 13.5l4-4 3.5 3.5 2.5-2 4 3.5M13 8h.01',
  pin: 'M10 17.5s5.5-5 5.5-9a5.5 5.5 0 0 0-11 0c0 4 5.5 9 5.5 9Zm0-7a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  download: 'M10 3v9m-4-3.5 4 4 4-4M3.5 16.5h13',
  link: 'M8.5 11.5a3 3 0 0 0 4.2 0l3-3a3 3 0 0 0-4.2-4.2l-1 1M11.5 8.5a3 3 0 0 0-4.2 0l-3 3a3 3 0 0 0 4.2 4.2l1-1',
} as const;

/** The name of a drawing. */
export type IconName = keyof typeof DRAWINGS;

/** A drawing in the colour of its text. It says nothing to a screen reader: what it stands on has the name. */
export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
