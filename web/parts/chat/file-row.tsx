import { plainName } from '../../core/file-name.ts';
import { Icon } from '../../kit/icon.tsx';
import type { Message } from '../../models.ts';
import { size } from '../../words/times.ts';
import { t } from '../../words/words.ts';

interface Props {
  readonly uri: string | undefined;
  readonly media: Message['media'];
}

/** A file with its name and size. It opens in a new tab, or is saved. */
export function FileRow({ uri, media }: Props) {
  const given = media?.name === undefined ? undefined : plainName(media.name);
  const name = given ?? t('kind.document');
  const inside = (
    <>
      <span class="file-mark">
        <Icon name={uri === undefined ? 'file' : 'download'} />
      </span>
      <span class="file-words">
        <span class="file-name" dir="auto">
          {name}
        </span>
        <span class="file-size">
          {[endingOf(name), media?.size === undefined ? undefined : size(media.size)].filter(Boolean).join(' · ')}
          {uri === undefined && t('chat.file-unavailable')}
        </span>
      </span>
    </>
  );
  if (uri === undefined) return <p class="file">{inside}</p>;
  return (
    <a class="file" href={uri} target="_blank" rel="noopener noreferrer" download={given ?? ''}>
      {inside}
    </a>
  );
}

function endingOf(name: string): string | undefined {
  return /\.(\w{1,5})$/.exec(name)?.[1]?.toUpperCase();
}
