import { uuidOf } from './hash.ts';

/**
 * The id by which the compatible API names a template: shaped like a UUID, and the same for ever. `account` is the
 * company's, `templateId` the messenger's. A template in the numbers of one business has one id.
 */
export function templateGuid(account: string, templateId: string): string {
  return uuidOf(`template\n${account}\n${templateId}`);
}
