import { fieldsOf, lines, listOf, stringOf } from '#channels/fields';
import { cut } from '#domain/cut';
import type { ReadPart } from './parts.ts';

/** What programs of the business sent, as they asked for it, comes to the others: `standby`. */

/** More than any template has: parts, and variables in one of them. */
const MOST_PARTS = 20;
const MOST_VARIABLES = 100;
/** Longer is neither the text of a part nor the value of a variable. */
const LONGEST = 4096;

interface SentInteractive {
  readonly header: { readonly text: string };
  readonly body: { readonly text: string };
  readonly footer: { readonly text: string };
  readonly action: unknown;
}

interface SentTemplate {
  readonly name: string;
  readonly components: readonly unknown[];
  /** Konvert's own: the template itself, which Meta sends beside the message. */
  readonly definition: unknown;
}

interface Component {
  readonly type: string;
  readonly text: string;
  readonly parameters: readonly unknown[];
}

/** The words of a message with buttons or a list, and the labels of its buttons. Empty if it has none. */
export function sentInteractiveText(value: unknown): string {
  const { header, body, footer, action } = fieldsOf<SentInteractive>(value);
  const { buttons, button } = fieldsOf<{ buttons: unknown; button: string }>(action);
  const labels = listOf(buttons).map((one) => {
    const { reply } = fieldsOf<{ reply: unknown }>(one);
    return stringOf(fieldsOf<{ title: string }>(reply).title);
  });
  const texts = [header, body, footer].map((part) => stringOf(fieldsOf<{ text: string }>(part).text));
  const shown = [...labels, stringOf(button)].filter(Boolean).map((label) => `[${label}]`);
  return lines(texts, shown);
}

/** The words of a template with its variables filled in. Its name, if the template itself is not told. */
export const readTemplate: ReadPart = (value) => {
  const { name, components, definition } = fieldsOf<SentTemplate>(value);
  const filled = partsOf(components);
  const parts = partsOf(fieldsOf<{ components: unknown }>(definition).components);
  const texts = parts.map(({ type, text }) => {
    const given = filled.find((one) => stringOf(one.type).toUpperCase() === type);
    return withVariables(cut(stringOf(text), LONGEST), listOf(given?.parameters).slice(0, MOST_VARIABLES));
  });
  return { text: lines(texts) || stringOf(name), rest: value };
};

function partsOf(components: unknown) {
  return listOf(components)
    .slice(0, MOST_PARTS)
    .map((one) => fieldsOf<Component>(one));
}

/** Variables have numbers or names: `{{1}}`, `{{first_name}}`. */
function withVariables(text: string, parameters: readonly unknown[]): string {
  const given = parameters.map((one) => fieldsOf<{ text: string; parameter_name: string }>(one));
  return text.replaceAll(/\{\{(\w{1,64})\}\}/g, (variable, name) => {
    const value = given.find(({ parameter_name }) => parameter_name === name) ?? given[Number(name) - 1];
    return cut(stringOf(value?.text), LONGEST) || variable;
  });
}
