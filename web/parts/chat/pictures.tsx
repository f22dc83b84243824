import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon } from '../../kit/icon.tsx';
import type { Message } from '../../models.ts';
import { t } from '../../words/words.ts';
import { kindWords } from './kind-words.ts';
import { mediaOf, type Picture } from './media-of.ts';
import { useRetriedUri } from './retried-uri.ts';

/** The pictures and videos of a message or of an album, in a grid. Their size is known before they are there. */
export function Pictures({ messages }: { readonly messages: readonly Message[] }) {
  const pictures = messages.flatMap(mediaOf);
  const isSticker = messages[0]?.kind === 'sticker';
  if (isSticker && pictures[0]) return <Sticker picture={pictures[0]} />;
  return (
    <div class={`pictures is-${Math.min(pictures.length, 4)}`}>
      {pictures.map((picture) => (
        <div key={picture.key} class="pictures-one">
          {picture.isVideo ? <Video picture={picture} /> : <Image picture={picture} />}
        </div>
      ))}
    </div>
  );
}

function Image({ picture }: { readonly picture: Picture }) {
  const { src, state, isLate, onLoad, onError, retry } = useRetriedUri(picture.uri);
  const dialog = useRef<HTMLDialogElement>(null);
  const isTall = useSignal(false);
  if (src === undefined || state === 'failed')
    return <Missing picture={picture} retry={src === undefined ? undefined : retry} />;
  if (isLate) {
    const again = <img class="hidden-words" src={src} alt="" onLoad={onLoad} onError={onError} />;
    return <Coming picture={picture}>{state === 'loading' && again}</Coming>;
  }
  return (
    <>
      <button
        type="button"
        class="picture"
        aria-label={t('chat.open-picture')}
        onClick={() => dialog.current?.showModal()}
      >
        <img
          class={isTall.value ? 'is-tall' : undefined}
          src={src}
          alt={picture.alt ?? kindWords(picture)}
          loading="lazy"
          decoding="async"
          onLoad={(event) => {
            const { naturalWidth, naturalHeight } = event.currentTarget;
            isTall.value = naturalHeight > naturalWidth * 1.2;
            onLoad();
          }}
          onError={onError}
        />
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Esc does the same, by the browser itself. */}
      <dialog class="lightbox" ref={dialog} aria-label={kindWords(picture)} onClick={() => dialog.current?.close()}>
        <img src={src} alt={picture.alt ?? kindWords(picture)} loading="lazy" />
        <div class="lightbox-bar">
          <a class="link" href={src} target="_blank" rel="noopener noreferrer">
            {t('chat.open-original')}
          </a>
          <button type="button" class="link">
            {t('kit.close')}
          </button>
        </div>
      </dialog>
    </>
  );
}

/** An animation runs by itself, unless the reader wants no motion. */
function Video({ picture }: { readonly picture: Picture }) {
  const { src, state, isLate, onLoad, onError, retry } = useRetriedUri(picture.uri);
  if (src === undefined || state === 'failed')
    return <Missing picture={picture} retry={src === undefined ? undefined : retry} />;
  if (isLate) {
    const again = (
      // biome-ignore lint/a11y/useMediaCaption: nobody sees it.
      <video class="hidden-words" src={src} preload="metadata" onLoadedMetadata={onLoad} onError={onError} />
    );
    return <Coming picture={picture}>{state === 'loading' && again}</Coming>;
  }
  const runs = picture.kind === 'animation' && !matchMedia('(prefers-reduced-motion: reduce)').matches;
  return (
    <video
      class="picture"
      src={src}
      controls
      playsInline
      preload="metadata"
      aria-label={kindWords(picture)}
      {...(runs && { autoPlay: true, muted: true, loop: true, controls: false })}
      onLoadedMetadata={onLoad}
      onError={onError}
    />
  );
}

function Sticker({ picture }: { readonly picture: Picture }) {
  const { src, state, onLoad, onError } = useRetriedUri(picture.uri);
  const words = [t('kind.sticker'), picture.emoji].filter(Boolean).join(' ');
  // Animated stickers of Telegram are no pictures: what they stand for is shown in their place.
  const isPicture = picture.mimeType === undefined || picture.mimeType.startsWith('image/');
  if (src !== undefined && state !== 'failed' && isPicture) {
    return <img class="sticker" src={src} alt={words} loading="lazy" onLoad={onLoad} onError={onError} />;
  }
  return (
    <p class="sticker" role="img" aria-label={words}>
      {picture.emoji ?? t('kind.sticker')}
    </p>
  );
}

/** It is still on its way. What asks for it again has no place of its own. */
function Coming({ picture, children }: { readonly picture: Picture; readonly children: ComponentChildren }) {
  return (
    <div class="picture is-missing">
      <Icon name="clock" />
      <span>{kindWords(picture)}</span>
      <span class="file-size">{t('chat.file-coming')}</span>
      {children}
    </div>
  );
}

function Missing({ picture, retry }: { readonly picture: Picture; readonly retry: (() => void) | undefined }) {
  return (
    <div class="picture is-missing">
      <Icon name="image" />
      <span>{kindWords(picture)}</span>
      <span class="file-size">{t(retry ? 'chat.file-not-ready' : 'chat.file-unavailable')}</span>
      {retry && (
        <button type="button" class="link" onClick={retry}>
          {t('kit.retry')}
        </button>
      )}
    </div>
  );
}
