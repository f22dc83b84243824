import type { JSX } from 'preact';

interface Mark {
  readonly name: string;
  readonly draw: JSX.Element;
}

const MARKS: Readonly<Record<string, Mark>> = {
  telegram: { name: 'Telegram', draw: <path d="M4 8.2 12.2 4.6 10.9 11.8 8.2 9.9 7 11.3 6.8 9.1 10.6 6 5.9 8.8Z" /> },
  whatsapp: {
    name: 'WhatsApp',
    draw: (
      <path d="M5.3 4.6c.5-.5 1-.4 1.3.2l.4 1c.1.4-.3.7-.5 1 .5 1.1 1.4 2 2.6 2.6.3-.2.6-.6 1-.5l1 .5c.6.3.6.8.2 1.3-.6.7-1.5.8-2.5.4C6.9 10.3 5.6 8.9 4.9 7.2c-.4-1-.3-2 .4-2.6Z" />
    ),
  },
  instagram: { name: 'Instagram', draw: <path d="M5 4h6v8H5zM8 9.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3" /> },
  viber: { name: 'Viber', draw: <path d="M4.5 4h7v5.5H8.5L6.5 12V9.5h-2z" /> },
  vk: {
    name: 'VK',
    draw: <path d="M4 5h1.7l1.5 3V5h1.6v2.3L10.5 5h1.5l-2 2.8 2.2 3.2h-1.8L8.8 9v2H7.5C5.5 11 4.1 8.5 4 5Z" />,
  },
};

/** The messenger's name as people know it. */
export function messengerName(chatType: string): string {
  return MARKS[chatType]?.name ?? chatType;
}

/** The round mark of a messenger. It stands beside words, or says its name itself if it has `isNamed`. */
export function MessengerMark({ chatType, isNamed }: { chatType: string; isNamed?: boolean }): JSX.Element {
  const name = messengerName(chatType);
  const naming = isNamed ? ({ role: 'img', 'aria-label': name } as const) : ({ 'aria-hidden': true } as const);
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it has a label, or stands beside the word
    <svg class={`mark mark-${MARKS[chatType] ? chatType : 'other'}`} viewBox="0 0 16 16" focusable="false" {...naming}>
      <circle cx="8" cy="8" r="8" />
      {MARKS[chatType]?.draw ?? (
        <text x="8" y="11" text-anchor="middle">
          {name.slice(0, 1).toUpperCase()}
        </text>
      )}
    </svg>
  );
}
