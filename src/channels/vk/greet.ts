import { isSameSecret } from '#calls/secrets';
import { fieldsOf, stringOf } from '#channels/fields';
import type { KnownBy, WebhookAnswer, WebhookRequest } from '#channels/inbound';
import type { CallVk } from './client.ts';
import { questionOf, secretKeyOf } from './webhook.ts';

/** VK does not say how long it waits. */
const DEADLINE_MS = 5_000;

/**
 * Answers the question of VK to a new address: with the code that the operator gave, or with the one of the API. They
 * differ, and the API's changes over time, so that it is asked for then and there.
 * https://github.com/VKCOM/vk-java-sdk/issues/186
 */
export function createGreet(call: CallVk) {
  return async (
    request: WebhookRequest,
    { credentials, webhookSecret }: KnownBy,
  ): Promise<WebhookAnswer | undefined> => {
    const question = questionOf(request);
    if (!question || question.groupId !== credentials.groupId) return undefined;
    const { confirmation, groupId } = credentials;
    const isRight = isSameSecret(question.secret, secretKeyOf(webhookSecret));
    // In the community's page an address may be confirmed before there is a secret. The code is shown there and is none.
    if (confirmation !== undefined) return isRight || question.secret === undefined ? text(confirmation) : undefined;
    if (!isRight) return undefined;
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    const answer = await call(credentials, 'groups.getCallbackConfirmationCode', { group_id: groupId }, deadline);
    const code = answer.kind === 'ok' ? stringOf(fieldsOf<{ code: unknown }>(answer.result).code) : '';
    return /^\w{1,64}$/.test(code) ? text(code) : { status: 503, text: 'No code' };
  };
}

function text(code: string): WebhookAnswer {
  return { status: 200, text: code };
}
