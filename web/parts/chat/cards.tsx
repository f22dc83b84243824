import { plainName } from '../../core/file-name.ts';
import { Icon } from '../../kit/icon.tsx';
import type { Message } from '../../models.ts';
import { t } from '../../words/words.ts';
import { unknownWords } from './kind-words.ts';
import { vcardFile } from './vcard.ts';

type Vcard = NonNullable<Message['vcards']>[number];

/** A place, with a link to a map. No map is loaded: it would tell a stranger where the client is. */
export function Location({
  location,
  kind,
}: {
  readonly location: NonNullable<Message['location']>;
  readonly kind: string | undefined;
}) {
  const { latitude, longitude, title, address } = location;
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return (
    <a class="file" href={href} target="_blank" rel="noopener noreferrer nofollow">
      <span class="file-mark">
        <Icon name="pin" />
      </span>
      <span class="file-words">
        <span class="file-name" dir="auto">
          {title ?? t(kind === 'live_location' ? 'kind.live_location' : 'kind.geo')}
        </span>
        <span class="file-size" dir="auto">
          {address ?? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`}
        </span>
      </span>
    </a>
  );
}

/** Cards of people. Each can be saved. */
export function Contacts({ vcards }: { readonly vcards: readonly Vcard[] }) {
  return (
    <ul>
      {vcards.map((vcard, index) => (
        <li key={index} class="file">
          <span class="file-mark">
            <Icon name="person" />
          </span>
          <span class="file-words">
            <span class="file-name" dir="auto">
              {vcard.name ?? vcard.phone ?? t('kind.vcard')}
            </span>
            <span class="file-size">
              {vcard.phone !== undefined && <a href={`tel:${vcard.phone.replaceAll(/[^\d+]/g, '')}`}>{vcard.phone}</a>}
              {vcard.isSender && ` · ${t('chat.own-card')}`}
            </span>
            <button type="button" class="link" onClick={() => save(vcard)}>
              {t('chat.save-card')}
            </button>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A question with its answers to choose from. */
export function Poll({ poll }: { readonly poll: NonNullable<Message['poll']> }) {
  return (
    <div class="poll">
      <p class="bubble-note">{t('kind.poll')}</p>
      <p class="poll-question" dir="auto">
        {poll.question}
      </p>
      <ul>
        {poll.options.map((option) => (
          <li key={option} class="poll-option" dir="auto">
            {option}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A call that nobody took. */
export function MissedCall() {
  return (
    <p class="file">
      <span class="file-mark">
        <Icon name="phone-off" />
      </span>
      <span class="file-words">
        <span class="file-name">{t('kind.missing_call')}</span>
      </span>
    </p>
  );
}

/** A kind of message that has no drawing of its own. Its words stand below, if it has any. */
export function Unknown({ message }: { readonly message: Message }) {
  return <p class="bubble-note">{unknownWords(message)}</p>;
}

/** The buttons that were sent below a message. They are pressed by the client, and only shown here. */
export function ButtonRows({ rows }: { readonly rows: NonNullable<Message['buttons']> }) {
  return (
    <ul class="buttons" aria-label={t('chat.buttons')}>
      {rows.flat().map((button, index) => (
        <li key={index} class="buttons-one" dir="auto">
          {button.text}
          {button.url !== undefined && ' ↗'}
        </li>
      ))}
    </ul>
  );
}

function save(vcard: Vcard): void {
  const url = URL.createObjectURL(new Blob([vcardFile(vcard)], { type: 'text/vcard' }));
  const link = Object.assign(document.createElement('a'), {
    href: url,
    download: `${plainName(vcard.name ?? 'contact')}.vcf`,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
