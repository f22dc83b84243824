import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { linkify } from '../../core/linkify.ts';
import { t } from '../../words/words.ts';

/** A longer text is cut, and shown whole on demand. */
const MOST_SHOWN = 4_000;

interface Props {
  readonly text: string;
  /** Stands at the end of the last line. */
  readonly end?: ComponentChildren;
}

/** A text with its links, in the direction of its own script. */
export function TextView({ text, end }: Props) {
  const isWhole = useSignal(text.length <= MOST_SHOWN);
  const part = isWhole.value ? text : `${wholeCharacters(text.slice(0, MOST_SHOWN))}…`;
  return (
    <div class="text" dir="auto">
      {linkify(part).map((piece, index) =>
        piece.href === undefined ? (
          piece.text
        ) : (
          <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ),
      )}
      {!isWhole.value && (
        <button
          type="button"
          class="link"
          onClick={() => {
            isWhole.value = true;
          }}
        >
          {t('chat.show-all')}
        </button>
      )}
      {end}
    </div>
  );
}

/** Without half an emoji at its end. */
function wholeCharacters(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}
