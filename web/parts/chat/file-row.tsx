import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { plainName } from '../../core/file-name.ts';
import { Icon } from '../../kit/icon.tsx';
import type { Message } from '../../models.ts';
import { size } from '../../words/times.ts';
import { t } from '../../words/words.ts';

interface Props {
  readonly uri: string | undefined;
  readonly media: Message['media'];
  /** When its message came (epoch ms): a young one may still be on its way from the messenger. */
  readonly at: number;
}

const YOUNG_MS = 5 * 60_000;
const AGAIN_MS = 3_000;

/** A file with its name and size. It opens in a new tab, or is saved. */
export function FileRow({ uri, media, at }: Props) {
  const isComing = useIsComing(Date.now() - at < YOUNG_MS ? uri : undefined);
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
          {isComing && ` · ${t('chat.file-coming')}`}
        </span>
      </span>
    </>
  );
  if (uri === undefined || isComing) return <p class="file">{inside}</p>;
  return (
    <a class="file" href={uri} target="_blank" rel="noopener noreferrer" download={given ?? ''}>
      {inside}
    </a>
  );
}

/** Asks whether the file is there. A link to one that is not would open an error. */
function useIsComing(uri: string | undefined): boolean {
  const isComing = useSignal(false);
  useEffect(() => {
    // Of another origin a page learns nothing.
    if (uri === undefined || new URL(uri, location.href).origin !== location.origin) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const look = async () => {
      const answer = await fetch(uri, { method: 'HEAD' }).catch(() => undefined);
      if (isGone) return;
      isComing.value = answer?.status === 503;
      if (isComing.value) timer = setTimeout(() => void look(), AGAIN_MS);
    };
    void look();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [uri]);
  return isComing.value;
}

function endingOf(name: string): string | undefined {
  return /\.(\w{1,5})$/.exec(name)?.[1]?.toUpperCase();
}
