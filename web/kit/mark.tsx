import type { JSX } from 'preact';

interface Mark {
  readonly name: string;
  /** White on the round of 16 by 16. */
  readonly shape: string;
}

const HANDSET =
  'M5.3 4.6c.5-.5 1-.4 1.3.2l.4 1c.1.4-.3.7-.5 1 .5 1.1 1.4 2 2.6 2.6.3-.2.6-.6 1-.5l1 .5c.6.3.6.8.2 1.3-.6.7-1.5.8-2.5.4C6.9 10.3 5.6 8.9 4.9 7.2c-.4-1-.3-2 .4-2.6Z';

function dot(x: number, y: number, radius: number): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0 ${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;
}

/** A square with a square in it. */
function eye(x: number, y: number): string {
  return `M${x} ${y}h3.5v3.5h-3.5ZM${x + 1.1} ${y + 1.1}h1.3v1.3h-1.3Z`;
}

/**
 * The drawings are shapes of our own, each with another outline: they are told apart without their colours. What is cut
 * out of a shape goes round it a second time.
 */
const MARKS: Readonly<Record<string, Mark>> = {
  telegram: { name: 'Telegram', shape: 'M4 8.2 12.2 4.6 10.9 11.8 8.2 9.9 7 11.3 6.8 9.1 10.6 6 5.9 8.8Z' },
  whatsapp: { name: 'WhatsApp', shape: HANDSET },
  // A phone that is linked by a QR code: the three eyes of one.
  'whatsapp-qr': {
    name: 'WhatsApp (QR)',
    shape: `${eye(4, 4)}${eye(8.7, 4)}${eye(4, 8.7)}M8.7 8.7h1.6v1.6H8.7ZM10.9 10.9h1.6v1.6h-1.6Z`,
  },
  instagram: {
    name: 'Instagram',
    shape:
      'M6 3.8h4A2.2 2.2 0 0 1 12.2 6v4a2.2 2.2 0 0 1-2.2 2.2H6A2.2 2.2 0 0 1 3.8 10V6A2.2 2.2 0 0 1 6 3.8ZM8 5.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8Z',
  },
  facebook: {
    name: 'Messenger',
    shape:
      'M8 3.4c2.8 0 4.8 1.9 4.8 4.3S10.8 12 8 12l-2.6 1.2V11.2C4 10.4 3.2 9.2 3.2 7.7c0-2.4 2-4.3 4.8-4.3ZM5 9.3l2.2-1 1.5 1L11 6.2l-2.2 1-1.5-1Z',
  },
  max: { name: 'MAX', shape: 'M3.8 11.8V4.6h1.5L8 8l2.7-3.4h1.5v7.2h-1.9V8.2L8 11 5.7 8.2v3.6Z' },
  vk: {
    name: 'VK',
    shape: 'M4 5h1.7l1.5 3V5h1.6v2.3L10.5 5h1.5l-2 2.8 2.2 3.2h-1.8L8.8 9v2H7.5C5.5 11 4.1 8.5 4 5Z',
  },
  avito: {
    name: 'Avito',
    shape: `${dot(6, 6, 2.1)}${dot(10.8, 5.8, 1.4)}${dot(5.8, 10.7, 1.1)}${dot(10.5, 10.4, 1.8)}`,
  },
  viber: { name: 'Viber', shape: 'M4 3.8h8v6.4H9.6l-2.4 2.4v-2.4H4ZM5.4 5l2 4h1.2l2-4H9.4L8 7.9 6.6 5Z' },
};

/** The messenger's name as people know it. */
export function messengerName(chatType: string): string {
  return MARKS[chatType]?.name ?? chatType;
}

/** The round mark of a messenger. It stands beside words, or says its name itself if it has `isNamed`. */
export function MessengerMark({ chatType, isNamed }: { chatType: string; isNamed?: boolean }): JSX.Element {
  const mark = MARKS[chatType];
  const name = messengerName(chatType);
  const naming = isNamed ? ({ role: 'img', 'aria-label': name } as const) : ({ 'aria-hidden': true } as const);
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it has a label, or stands beside the word
    <svg class={`mark mark-${mark ? chatType : 'other'}`} viewBox="0 0 16 16" focusable="false" {...naming}>
      <circle cx="8" cy="8" r="8" />
      {mark ? (
        <path d={mark.shape} />
      ) : (
        <text x="8" y="11" text-anchor="middle">
          {name.slice(0, 1).toUpperCase()}
        </text>
      )}
    </svg>
  );
}
