import { type GraphTemplate, Refused, type TemplatePart } from './world.ts';

type Fields = Readonly<Record<string, unknown>>;

const MEDIA = ['IMAGE', 'VIDEO', 'DOCUMENT'];

/** Checks what is sent of a template against the template, as Meta counts and types it. `usesMedia` checks one file. */
export function checkTemplate(template: GraphTemplate, sent: Fields, usesMedia: (type: string, file: Fields) => void) {
  const components = listOf(sent.components);
  const known = ['header', 'body', 'button'];
  for (const { type } of components)
    if (!known.includes(String(type).toLowerCase()))
      throw new Refused(131009, 'Parameter value is not valid', { details: `Components type ${type}` });
  const one = (type: string) => {
    const found = components.filter((component) => String(component.type).toLowerCase() === type);
    if (found.length > 1)
      throw new Refused(131009, 'Parameter value is not valid', { details: `${type} is given twice` });
    return listOf(found[0]?.parameters);
  };
  const header = template.components.find(({ type }) => type === 'HEADER');
  checkHeader(header, one('header'), usesMedia);
  checkTexts(
    'body',
    template.components.find(({ type }) => type === 'BODY'),
    one('body'),
  );
  checkButtons(
    template.components.flatMap(({ buttons }) => buttons ?? []),
    components.filter(({ type }) => String(type).toLowerCase() === 'button'),
  );
}

function checkHeader(
  header: TemplatePart | undefined,
  given: readonly Fields[],
  usesMedia: (type: string, file: Fields) => void,
) {
  const format = header?.format ?? 'TEXT';
  if (MEDIA.includes(format)) {
    const type = format.toLowerCase();
    const [parameter] = given;
    const received = given.length === 1 ? String(parameter?.type).toUpperCase() : 'UNKNOWN';
    if (received !== format) throw mismatch(`header: Format mismatch, expected ${format}, received ${received}`);
    usesMedia(type, fieldsOf(parameter?.[type]));
  } else if (format === 'LOCATION') {
    const place = fieldsOf(given[0]?.location);
    const isPlace = given.length === 1 && given[0]?.type === 'location';
    if (!isPlace) throw mismatch('header: Format mismatch, expected LOCATION, received UNKNOWN');
    const isOnEarth = Math.abs(Number(place.latitude)) <= 90 && Math.abs(Number(place.longitude)) <= 180;
    if (!isOnEarth || !place.name || !place.address)
      throw new Refused(131009, 'Parameter value is not valid', { details: 'location' });
  } else checkTexts('header', header, given);
}

function checkTexts(where: string, part: TemplatePart | undefined, given: readonly Fields[]) {
  const names = [...new Set([...(part?.text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => String(name)))];
  if (names.length !== given.length) throw miscount(where, given.length, names.length);
  for (const parameter of given) {
    if (parameter.type !== 'text') throw mismatch(`${where}: expected text, received ${parameter.type}`);
    checkText(where, parameter.text);
  }
  const named = names.filter((name) => !/^\d+$/.test(name));
  if (named.length === 0) {
    if (given.some((parameter) => parameter.parameter_name !== undefined))
      throw mismatch(`${where}: parameters are numbered`);
    return;
  }
  const givenNames = given.map((parameter) => parameter.parameter_name);
  const missing = named.find((name) => !givenNames.includes(name));
  if (missing !== undefined)
    throw new Refused(100, 'Invalid parameter', { details: `Parameter name ${missing} is missing or empty` });
}

function checkText(where: string, text: unknown) {
  if (typeof text !== 'string' || text === '')
    throw new Refused(131008, 'Required parameter is missing', { details: `${where}: text` });
  if (text.length > 1024) throw new Refused(132005, 'Hydrated text too long', { details: where });
}

function checkButtons(buttons: NonNullable<TemplatePart['buttons']>, given: readonly Fields[]) {
  for (const component of given) {
    const button = buttons[Number(component.index)];
    const subType = String(component.sub_type).toLowerCase();
    if (!button)
      throw new Refused(132000, 'Number of parameters does not match', {
        details: `button ${component.index} is not there`,
      });
    if (button.type.toLowerCase() !== subType)
      throw new Refused(131009, 'Parameter value is not valid', {
        details: `Components sub_type invalid at index: ${component.index}`,
      });
    if (listOf(component.parameters).length !== 1)
      throw miscount(`button ${component.index}`, listOf(component.parameters).length, 1);
  }
  buttons.forEach((button, index) => {
    const parameter = listOf(given.find((component) => Number(component.index) === index)?.parameters)[0];
    const takesText = button.type === 'URL' && /\{\{1\}\}$/.test(button.url ?? '');
    if (takesText || button.type === 'COPY_CODE') {
      if (!parameter)
        throw new Refused(131008, 'Required parameter is missing', {
          details: `buttons: Button at index ${index} of type ${button.type} requires a parameter`,
        });
      const [type, value] = takesText ? ['text', parameter.text] : ['coupon_code', parameter.coupon_code];
      if (parameter.type !== type || typeof value !== 'string' || value === '') throw mismatch(`button ${index}`);
    } else if (button.type === 'URL' && parameter) throw miscount(`button ${index}`, 1, 0);
    else if (button.type === 'QUICK_REPLY' && parameter && (parameter.type !== 'payload' || !parameter.payload))
      throw mismatch(`button ${index}`);
  });
}

function mismatch(details: string): Refused {
  return new Refused(132012, 'Parameter format does not match format in the created template', { details });
}

function miscount(where: string, given: number, expected: number): Refused {
  const details = `${where}: number of localizable_params (${given}) does not match the expected number of params (${expected})`;
  return new Refused(132000, 'Number of parameters does not match the expected number of params', { details });
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}
