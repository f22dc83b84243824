import type { Messenger } from '#channels/channel';
import { MessengerUnreachableError } from '#channels/errors';
import type { Template } from '#channels/outbound';
import type { Clock } from '#clock';
import { templateGuid } from '#domain/template';
import type { OpenChannel } from '#store/accounts/channel-item';

/** The templates of channels, as their messengers have them. */
export type Templates = ReturnType<typeof createTemplates>;

/** A channel, as far as its templates are concerned. */
type TemplatesOf = Pick<OpenChannel, 'channelId' | 'account' | 'transport' | 'credentials' | 'credentialsVersion'>;

interface Known {
  readonly askedAt: number;
  readonly templates: Promise<readonly Template[]>;
}

const REMEMBERED_MS = 10 * 60_000;
/** A template that was approved a moment ago is found that soon. */
const ASKED_AGAIN_MS = 10_000;
const ASKING_MS = 8_000;
/** An account of WhatsApp has up to 6,000 templates, so a process does not remember those of all channels. */
const MOST_CHANNELS = 50;

/** Asks messengers for templates, and remembers them for ten minutes in the process. */
export function createTemplates({
  messengerFor,
  clock,
}: {
  readonly messengerFor: (transport: string) => Promise<Messenger | undefined>;
  readonly clock: Clock;
}) {
  const known = new Map<string, Known>();

  async function ask({ transport, credentials }: TemplatesOf): Promise<readonly Template[]> {
    const { outbound } = (await messengerFor(transport)) ?? {};
    return outbound?.templates?.(credentials, clock.deadline(ASKING_MS)) ?? [];
  }

  function remember(key: string, now: Known | undefined): void {
    known.delete(key);
    if (now) known.set(key, now);
    const [oldest] = known.keys();
    if (known.size > MOST_CHANNELS && oldest !== undefined) known.delete(oldest);
  }

  /** All templates of the channel; none if its messenger knows no templates. Throws as `Setup.connect` does. */
  function of(channel: TemplatesOf, maxAgeMs = REMEMBERED_MS): Promise<readonly Template[]> {
    const key = `${channel.channelId}#${channel.credentialsVersion}`;
    const before = known.get(key);
    if (before && clock.now() - before.askedAt < maxAgeMs) return before.templates;
    const templates: Promise<readonly Template[]> = ask(channel).catch((error) => {
      // A failure is not remembered. The templates from before are better than none.
      if (known.get(key)?.templates === templates) remember(key, before);
      if (before && error instanceof MessengerUnreachableError) return before.templates;
      throw error;
    });
    remember(key, { askedAt: clock.now(), templates });
    return templates;
  }

  /**
   * The channel's template of that `templateGuid`, if the messenger lets it be sent. One that is not there, or is not
   * approved yet, is looked up anew. Throws as `Setup.connect` does.
   */
  async function approved(channel: TemplatesOf, guid: string): Promise<Template | undefined> {
    const find = (templates: readonly Template[]) =>
      templates.find(
        ({ templateId, status }) => status === 'approved' && templateGuid(channel.account, templateId) === guid,
      );
    return find(await of(channel)) ?? find(await of(channel, ASKED_AGAIN_MS));
  }

  return { of, approved };
}
