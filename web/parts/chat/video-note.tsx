import type { Message } from '../../models.ts';
import { t } from '../../words/words.ts';
import { useRetriedUri } from './retried-uri.ts';

/** A short round video, as Telegram sends them. */
export function VideoNote({ message }: { readonly message: Message }) {
  const { src, onLoad, onError } = useRetriedUri(message.contentUri);
  if (src === undefined) return <p class="bubble-note">{t('kind.video_note')}</p>;
  return (
    // biome-ignore lint/a11y/useMediaCaption: clients send no captions with their videos.
    <video
      class="video-note"
      src={src}
      controls
      playsInline
      preload="metadata"
      aria-label={t('kind.video_note')}
      onLoadedMetadata={onLoad}
      onError={onError}
    />
  );
}
