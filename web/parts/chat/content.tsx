import type { ComponentChildren } from 'preact';
import type { Message } from '../../models.ts';
import { t } from '../../words/words.ts';
import { ButtonRows, Contacts, Location, MissedCall, Poll, Unknown } from './cards.tsx';
import { FileRow } from './file-row.tsx';
import { noteWords } from './kind-words.ts';
import { Pictures } from './pictures.tsx';
import { TextView } from './text-view.tsx';
import { VideoNote } from './video-note.tsx';
import { VoicePlayer } from './voice-player.tsx';

interface Props {
  readonly message: Message;
  /** Further messages of the same album. */
  readonly album: readonly Message[];
  readonly meta: ComponentChildren;
}

/** What a message says. What was deleted is dimmed, and still readable. */
export function ContentView({ message, album, meta }: Props) {
  const { text, oldInfo, buttons, referral } = message;
  const caption = album.length > 0 ? [message, ...album].find((one) => one.text !== undefined)?.text : text;
  const note = noteWords(message);
  return (
    <>
      {note !== undefined && <p class="bubble-note">{note}</p>}
      <Parts message={message} album={album} />
      {showsText(message) && caption !== undefined && caption !== '' ? (
        <TextView text={caption} end={meta} />
      ) : (
        <p class="bubble-bottom">{meta}</p>
      )}
      {oldInfo && (
        <details class="old-text">
          <summary>{t('chat.before-edit')}</summary>
          <TextView text={oldInfo.oldText} />
        </details>
      )}
      {referral !== undefined && <p class="bubble-note">{t('chat.referral', { referral })}</p>}
      {buttons && <ButtonRows rows={buttons} />}
    </>
  );
}

function Parts({ message, album }: Pick<Props, 'message' | 'album'>) {
  const { type, kind, vcards, location, poll, furtherMedia } = message;
  const at = Date.parse(message.dateTime);
  switch (type) {
    case 'image':
    case 'video':
      if (kind === 'video_note') return <VideoNote message={message} />;
      return <Pictures messages={[message, ...album]} />;
    case 'audio':
      return <VoicePlayer message={message} />;
    case 'document':
      return (
        <>
          <FileRow uri={message.contentUri} media={message.media} at={at} />
          {furtherMedia?.map(({ contentUri, ...media }, index) => (
            <FileRow key={index} uri={contentUri} media={media} at={at} />
          ))}
        </>
      );
    case 'vcard':
      return <Contacts vcards={vcards ?? []} />;
    case 'geo':
      return location ? <Location location={location} kind={kind} /> : null;
    case 'missing_call':
      return <MissedCall />;
    case 'text':
    case 'wapi_template':
      if (poll) return <Poll poll={poll} />;
      if (kind === 'button') return <p class="bubble-note">{t('chat.pressed')}</p>;
      if (kind === 'checklist') return <p class="bubble-note">{t('kind.checklist')}</p>;
      return message.template ? <TemplateParts message={message} name={message.template.name} /> : null;
    default:
      return <Unknown message={message} />;
  }
}

/** Of a template its name, and the file of its header. */
function TemplateParts({ message, name }: { readonly message: Message; readonly name: string }) {
  const { contentUri, media, dateTime } = message;
  const isSeen = /^(?:image|video)\//.test(media?.mimeType ?? '');
  return (
    <>
      <p class="bubble-note">{t('chat.template', { name })}</p>
      {isSeen && <Pictures messages={[message]} />}
      {!isSeen && contentUri !== undefined && <FileRow uri={contentUri} media={media} at={Date.parse(dateTime)} />}
    </>
  );
}

/** A poll has its question as its text as well. */
function showsText({ poll, type }: Message): boolean {
  return !poll && type !== 'vcard';
}
