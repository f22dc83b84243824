import { CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import type { Template } from '#channels/outbound';
import { isFilledBy } from '#domain/template-text';
import type { Templates } from '#flows/templates';
import { channelUnavailable, invalidMessage, RequestError } from '#http/errors';
import type { OpenChannel } from '#store/accounts/channel-item';
import type { OpenChannels } from '#store/accounts/open-channels';
import type { SaidTemplate } from './read-message.ts';

/** What is needed to find templates. */
export interface FindTemplateDeps {
  readonly openChannels: Pick<OpenChannels, 'getKnown'>;
  readonly templates: Pick<Templates, 'approved'>;
}

/** The template that a message names, as the messenger has it now. Throws a `RequestError` if it cannot be sent so. */
export async function findTemplate(
  { openChannels, templates }: FindTemplateDeps,
  channelId: string,
  { templateId, values }: SaidTemplate,
): Promise<Template> {
  const channel = await openChannels.getKnown(channelId);
  const template = await ask(templates.approved(channel, templateId), channel);
  if (!template) {
    throw new RequestError(400, 'TEMPLATE_REJECTED', 'The channel has no approved template of that id', {
      fields: ['templateId'],
    });
  }
  if (!isFilledBy(template, values.length)) throw invalidMessage(['templateValues']);
  return template;
}

async function ask<T>(question: Promise<T>, { channelId }: OpenChannel): Promise<T> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof CredentialsRefusedError) {
      throw channelUnavailable(channelId);
    }
    if (error instanceof MessengerUnreachableError) {
      throw new RequestError(503, 'MESSENGER_UNREACHABLE', `${error.message}. Nothing was stored; try again`);
    }
    throw error;
  }
}
