import * as z from 'zod/mini';

import { lenient } from '#calls/lenient';
import type { Template, TemplateComponent } from '#channels/outbound';

/** The fields of a template that are asked for. */
export const TEMPLATE_FIELDS = 'id,name,language,status,category,rejected_reason,parameter_format,components';

const MOST_COMPONENTS = 20;
const MOST_EXAMPLES = 100;

/** A word or a name of Meta's; names have 512 characters at most. */
const word = z.string().check(z.maxLength(512));
/** Bodies have 1,024 characters and addresses 2,000 at most, and a carousel is not read. */
const line = z.string().check(z.maxLength(4096));

const texts = lenient(z.array(line).check(z.maxLength(MOST_EXAMPLES)));
const namedExamples = lenient(z.array(z.object({ example: line })).check(z.maxLength(MOST_EXAMPLES)));
const example = z.object({
  header_text: texts,
  header_handle: texts,
  header_text_named_params: namedExamples,
  body_text: lenient(z.array(z.array(line).check(z.maxLength(MOST_EXAMPLES))).check(z.maxLength(MOST_EXAMPLES))),
  body_text_named_params: namedExamples,
});
const button = z.object({ type: word, text: z.catch(line, ''), url: lenient(line) });
const component = z.object({
  type: word,
  format: lenient(word),
  text: z.optional(line),
  example: lenient(example),
  buttons: lenient(z.array(button).check(z.maxLength(MOST_COMPONENTS))),
});

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/reference/whatsapp-business-account/template-api */
const templateSchema = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  name: word,
  language: word,
  status: word,
  category: word,
  rejected_reason: lenient(word),
  components: z.array(component).check(z.maxLength(MOST_COMPONENTS)),
});

/** One page of an account's templates. `next` is there if there is another page. */
export const templatePageSchema = z.object({
  data: z.array(z.unknown()).check(z.maxLength(1000)),
  paging: lenient(z.object({ next: lenient(z.string()), cursors: lenient(z.object({ after: lenient(z.string()) })) })),
});

/** A template as it is at Meta, with what there is only for sending it. */
export interface LiveTemplate {
  readonly template: Template;
  /** The types of further components, which the compatible API has no words for: `CAROUSEL`, `LIMITED_TIME_OFFER`. */
  readonly furtherTypes: readonly string[];
}

/** Reads a template. Undefined if it has another shape. */
export function readTemplate(value: unknown): LiveTemplate | undefined {
  const read = templateSchema.safeParse(value);
  if (!read.success) return undefined;
  const { id, name, language, status, category, rejected_reason, components } = read.data;
  const isRejected = rejected_reason !== undefined && !['', 'NONE'].includes(rejected_reason);
  const known = components.map(toComponent);
  const template: Template = {
    templateId: id,
    name,
    language,
    category,
    status: status.toLowerCase(),
    ...(isRejected && { rejectedReason: rejected_reason }),
    components: known.filter((one) => one !== undefined),
  };
  return { template, furtherTypes: components.filter((_, index) => !known[index]).map(({ type }) => type) };
}

function toComponent({
  type,
  format,
  text,
  example,
  buttons,
}: z.infer<typeof component>): TemplateComponent | undefined {
  if (type !== 'HEADER' && type !== 'BODY' && type !== 'FOOTER' && type !== 'BUTTONS') return undefined;
  const examples = example && examplesOf(example);
  return {
    type,
    ...(format !== undefined && { format }),
    ...(text !== undefined && { text }),
    ...(examples && { example: examples }),
    ...(buttons && {
      buttons: buttons.map(({ url, ...one }) => ({ ...one, ...(url !== undefined && { url }) })),
    }),
  };
}

/** An example of each variable, or of the file. */
function examplesOf(given: z.infer<typeof example>): readonly string[] | undefined {
  const named = given.header_text_named_params ?? given.body_text_named_params;
  return given.header_text ?? given.header_handle ?? given.body_text?.[0] ?? named?.map((one) => one.example);
}
