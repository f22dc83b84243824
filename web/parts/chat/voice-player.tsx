import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { plainName } from '../../core/file-name.ts';
import { Icon } from '../../kit/icon.tsx';
import type { Message } from '../../models.ts';
import { t } from '../../words/words.ts';
import { clock } from './clock.ts';
import { FileRow } from './file-row.tsx';
import { useRetriedUri } from './retried-uri.ts';

const SPEEDS = [1, 1.5, 2] as const;

/** The sound that plays now. Another one stops it. */
let playing: HTMLAudioElement | undefined;

/** Plays a voice message or a piece of music. A browser that cannot play it offers the file. */
export function VoicePlayer({ message }: { readonly message: Message }) {
  const { media, kind } = message;
  const { src, state, isLate, onLoad, onError, retry } = useRetriedUri(message.contentUri);
  const audio = useRef<HTMLAudioElement>(null);
  const isPlaying = useSignal(false);
  /** It was pressed before the file was there, so it plays as soon as it is. */
  const isWanted = useRef(false);
  const at = useSignal(0);
  const length = useSignal(media?.durationSeconds ?? 0);
  const speed = useSignal<number>(1);
  useEffect(() => {
    if (isWanted.current) void play();
  }, [src]);
  if (src === undefined || state === 'failed') {
    return (
      <>
        <FileRow
          uri={src}
          at={Date.parse(message.dateTime)}
          media={{ ...media, name: media?.name ?? t(kind === 'voice' ? 'kind.voice' : 'kind.audio') }}
        />
        {src !== undefined && (
          <button type="button" class="link" onClick={retry}>
            {t('kit.retry')}
          </button>
        )}
      </>
    );
  }
  return (
    <div class="voice">
      <button
        type="button"
        class="voice-play"
        aria-label={t(isPlaying.value ? 'chat.pause' : 'chat.play')}
        onClick={toggle}
      >
        <Icon name={isPlaying.value ? 'pause' : 'play'} />
      </button>
      <div class="voice-track">
        {kind !== 'voice' && media?.name !== undefined && (
          <span class="file-name" dir="auto">
            {plainName(media.name)}
          </span>
        )}
        <input
          type="range"
          class="voice-place"
          min="0"
          max={Math.max(1, length.value)}
          step="0.1"
          value={at.value}
          aria-label={t('chat.voice-place')}
          aria-valuetext={clock(at.value)}
          onInput={(event) => seek(event.currentTarget.valueAsNumber)}
        />
        <span class="file-size">
          {isLate ? t('chat.file-coming') : clock(isPlaying.value || at.value > 0 ? at.value : length.value)}
        </span>
      </div>
      <button
        type="button"
        class="voice-speed"
        aria-label={t('chat.speed', { speed: speed.value })}
        onClick={nextSpeed}
      >
        {speed.value}×
      </button>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody wrote down what is said. */}
      <audio
        ref={audio}
        src={src}
        preload="none"
        onPlay={() => {
          isPlaying.value = true;
        }}
        onPlaying={() => {
          isWanted.current = false;
        }}
        onPause={() => {
          isPlaying.value = false;
        }}
        onTimeUpdate={(event) => {
          at.value = event.currentTarget.currentTime;
        }}
        onDurationChange={(event) => {
          // Ogg without an index has no length until it was read whole.
          const { duration } = event.currentTarget;
          if (Number.isFinite(duration)) length.value = duration;
          onLoad();
        }}
        onEnded={() => {
          at.value = 0;
        }}
        onError={() => {
          isPlaying.value = false;
          onError();
        }}
      />
    </div>
  );

  function toggle(): void {
    const player = audio.current!;
    isWanted.current = player.paused;
    if (player.paused) void play();
    else player.pause();
  }

  async function play(): Promise<void> {
    const player = audio.current!;
    if (playing !== player) playing?.pause();
    playing = player;
    player.playbackRate = speed.peek();
    // Refused without a gesture, or the file cannot be played: `onError` says the latter.
    await player.play().catch(() => undefined);
  }

  function seek(seconds: number): void {
    at.value = seconds;
    audio.current!.currentTime = seconds;
  }

  function nextSpeed(): void {
    speed.value = SPEEDS[(SPEEDS.indexOf(speed.peek() as 1) + 1) % SPEEDS.length] ?? 1;
    audio.current!.playbackRate = speed.peek();
  }
}
