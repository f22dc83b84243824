/** An item of the reference that no request can show. */
export interface NotOurs {
  readonly section: string;
  /** Items of the section. Absent: the whole section. */
  readonly of?: readonly string[];
  readonly why: string;
  /** The document that says so, and words that stand in it. */
  readonly written: readonly [file: string, words: string];
}

const NO_SUCH_MESSENGER = ['docs/http.md', 'There is no messenger but Telegram bots and WhatsApp.'] as const;

export const NOT_OURS: readonly NotOurs[] = [
  {
    section: '2',
    of: ['whatsapp', 'tgapi', 'instagram', 'vk', 'viber', 'avito', 'max', 'maxbot'],
    why: 'Konvert has no such messenger',
    written: NO_SUCH_MESSENGER,
  },
];
