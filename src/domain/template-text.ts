/** A part of a template, as far as its words and variables are concerned. */
export interface TemplatePart {
  readonly type: string;
  readonly format?: string;
  readonly text?: string;
  readonly buttons?: readonly { readonly type: string; readonly url?: string }[];
}

/** The kinds of files that the header of a template can be. */
const HEADER_FILES = ['image', 'video', 'document'] as const;

/** A template with the values of its variables, as a text names it. */
export interface TemplateLine {
  readonly templateId: string;
  readonly values: readonly string[];
}

const LINE = /^\s*@template:\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\s*(?:\{([\s\S]*)\}\s*)?$/i;
const VARIABLE = /\{\{\s*(\w{1,100})\s*\}\}/g;
/** What a header that shows a map is filled with. */
const MAP = ['latitude', 'longitude', 'name', 'address'] as const;
/** No template and no value is that long. A longer text is not read. */
const LONGEST_LINE = 32_000;

/**
 * The template that a text stands for: `@template: <guid> { [[value 1]]; [[value 2]] }`. Undefined if the text is only a
 * text. https://wazzup24.com/help/api-en/sending-messages/
 */
export function readTemplateLine(text: string): TemplateLine | undefined {
  const [, templateId, list = ''] = (text.length <= LONGEST_LINE && LINE.exec(text)) || [];
  if (templateId === undefined) return undefined;
  const values = list
    .split(']]')
    .slice(0, -1)
    .map((part) => part.slice(part.indexOf('[[') + 2).trim());
  return { templateId: templateId.toLowerCase(), values };
}

/** Whether the text begins as such a line, so that it is a wrong one if it cannot be read. */
export function isMeantAsTemplate(text: string): boolean {
  return /^\s*@template:/i.test(text.slice(0, LONGEST_LINE));
}

/** The line that sends the template, with the names of its variables in the place of their values. */
export function templateLine(templateId: string, parts: readonly TemplatePart[]): string {
  const names = variablesOf(parts).map((name) => `[[${name}]]`);
  return `@template: ${templateId}${names.length > 0 ? ` { ${names.join('; ')} }` : ''}`;
}

/** The variables in a text, each once: numbers by their size, names as they come. */
export function variablesIn(text: string): string[] {
  const names = [...new Set([...text.matchAll(VARIABLE)].map(([, name = '']) => name))];
  return names.every((name) => /^\d+$/.test(name)) ? names.sort((one, other) => Number(one) - Number(other)) : names;
}

/**
 * The variables of a template in the order of their values: those of the header (of a map its four), of the body, and of
 * each button that ends an address or copies a code.
 */
export function variablesOf(parts: readonly TemplatePart[]): string[] {
  const [header, body] = [partOf(parts, 'HEADER'), partOf(parts, 'BODY')];
  return [...variablesOfPart(header), ...variablesOfPart(body), ...variablesOfButtons(parts)];
}

/** Whether so many values fill the template. A code that is shown in the body and copied by a button is given once. */
export function isFilledBy(
  { category, components }: { readonly category: string; readonly components: readonly TemplatePart[] },
  values: number,
): boolean {
  if (values === variablesOf(components).length) return true;
  return category === 'AUTHENTICATION' && values === variablesOfPart(partOf(components, 'BODY')).length;
}

/** The variables of a header or a body. Those of a map have no text. */
export function variablesOfPart(part: TemplatePart | undefined): readonly string[] {
  return part?.format === 'LOCATION' ? MAP : variablesIn(part?.text ?? '');
}

function variablesOfButtons(parts: readonly TemplatePart[]): string[] {
  const buttons = parts.flatMap((part) => part.buttons ?? []);
  return buttons.flatMap(({ type, url = '' }) => {
    if (type === 'COPY_CODE') return ['code'];
    return type === 'URL' ? variablesIn(url).slice(0, 1) : [];
  });
}

/** The kind of the file in the template's header; undefined if the header is no file. */
export function headerFile(parts: readonly TemplatePart[]): (typeof HEADER_FILES)[number] | undefined {
  const format = partOf(parts, 'HEADER')?.format?.toLowerCase();
  return HEADER_FILES.find((kind) => kind === format);
}

/** The words that the client reads: header, body and footer with the values in them. */
export function renderTemplate(parts: readonly TemplatePart[], values: readonly string[]): string {
  const { header, body } = filledTexts(parts, values);
  const said = [header, body, partOf(parts, 'FOOTER')?.text ?? ''];
  return said.filter((text) => text !== '').join('\n\n');
}

/** What a client reads of header and body, with the values in them. Empty if they have no text. */
export function filledTexts(parts: readonly TemplatePart[], values: readonly string[]) {
  const [header, body] = [partOf(parts, 'HEADER'), partOf(parts, 'BODY')];
  const ofBody = values.slice(variablesOfPart(header).length);
  return { header: filled(header?.text ?? '', values), body: filled(body?.text ?? '', ofBody) };
}

/** The text with the values of its variables in their places. A value is not read for variables itself. */
function filled(text: string, values: readonly string[]): string {
  const names = variablesIn(text);
  return text.replaceAll(VARIABLE, (_whole, name: string) => values[names.indexOf(name)] ?? '');
}

function partOf(parts: readonly TemplatePart[], type: string): TemplatePart | undefined {
  return parts.find((part) => part.type === type);
}
