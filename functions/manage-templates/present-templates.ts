import type * as z from 'zod/mini';
import type { template } from '#api/template-routes';
import type { Template, TemplateComponent } from '#channels/outbound';
import { hash53 } from '#domain/hash';
import { templateGuid } from '#domain/template';
import { templateLine } from '#domain/template-text';
import type { NoFields } from '#no-fields';
import type { OpenChannel } from '#store/accounts/channel-item';

/** The templates of a channel. */
export interface Heard {
  readonly channel: Pick<OpenChannel, 'channelId' | 'name' | 'credentials'>;
  readonly templates: readonly Template[];
}

type TemplateAnswer = z.infer<typeof template>;

/**
 * The templates of an account, ordered by name, language and guid. Channels of one WhatsApp business account have the
 * same ones, and each is listed once.
 */
export function presentTemplates(account: string, heard: readonly Heard[]): TemplateAnswer[] {
  const listed = new Map<string, TemplateAnswer>();
  for (const { channel, templates } of [...heard].sort(byChannel)) {
    for (const one of templates) {
      const before = listed.get(one.templateId);
      if (before) before.channels.push(channel.channelId);
      else listed.set(one.templateId, present(account, channel, one));
    }
  }
  return [...listed.values()].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}

/** No call tells the name of the business account, so it is called after its first channel. */
function present(account: string, { channelId, name: wabaName, credentials }: Heard['channel'], one: Template) {
  const { templateId, name, language, category, status, rejectedReason, components, ...rest } = one;
  rest satisfies NoFields;
  const guid = templateGuid(account, templateId);
  return {
    templateGuid: guid,
    accountId: numberOf(account),
    title: name,
    name,
    waba: { wabaId: credentials.wabaId ?? '', wabaName },
    channels: [channelId],
    category,
    language,
    status,
    rejected_reason: rejectedReason ?? 'NONE',
    // A word of the On-Premises API, which is gone.
    namespace: '',
    components: components.map(presentComponent),
    templateCode: templateLine(guid, components),
  };
}

function presentComponent({ type, format, text, example, buttons, ...rest }: TemplateComponent) {
  rest satisfies NoFields;
  return {
    type,
    format,
    text,
    example: example && [...example],
    buttons: buttons?.map(({ type: kind, text: title, url }) => ({ type: kind, text: title, url })),
  };
}

/** In the compatible API an account's id is a number, and clients read it into 32 bits. */
function numberOf(account: string): number {
  return hash53(account) % 2 ** 31;
}

function byChannel(one: Heard, other: Heard): number {
  return one.channel.channelId < other.channel.channelId ? -1 : 1;
}

function placeOf({ name, language, templateGuid: guid }: TemplateAnswer): string {
  return `${name}\n${language}\n${guid}`;
}
