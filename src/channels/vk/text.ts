import { stringOf } from '#channels/fields';

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** `[id1|Name]`, `[club1|@name]`: https://dev.vk.com/ru/reference/objects/message */
const MENTION = /\[(?:id|club|public|event)\d{1,15}\|([^\]\n]{1,256})\]/g;

/** A text of VK as it was written: it comes with the signs of HTML escaped, and names people in brackets. */
export function plainText(value: unknown): string {
  return stringOf(value)
    .replaceAll('<br>', '\n')
    .replaceAll(MENTION, '$1')
    .replaceAll(/&(?:lt|gt|quot|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
