import type { GraphAnswer } from '#channels/meta/client';
import type { OutgoingTemplate, TemplateComponent } from '#channels/outbound';
import { variablesIn, variablesOfPart } from '#domain/template-text';
import type { GraphFileType } from './file-types.ts';
import type { LiveTemplate } from './template-schema.ts';

/** A file that was uploaded, or that Meta fetches. */
export type FileRef = { readonly id: string } | { readonly link: string };

type Parameter = Readonly<Record<string, unknown>> & { readonly type: string };

/** A `template` object: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/ */
export interface TemplateMessage {
  readonly name: string;
  readonly language: { readonly policy: 'deterministic'; readonly code: string };
  readonly components?: readonly {
    readonly type: 'header' | 'body' | 'button';
    readonly sub_type?: string;
    readonly index?: number;
    readonly parameters: readonly Parameter[];
  }[];
}

/** A refusal has the code that Meta has for the same mistake. */
type Refused = Extract<GraphAnswer, { kind: 'refused' }>;
type Built = { readonly kind: 'built'; readonly template: TemplateMessage } | Refused;

/** The file of a header. */
export interface HeaderFile {
  readonly type: GraphFileType;
  readonly name: string;
  readonly ref: FileRef;
}

const MEDIA_FORMATS: Readonly<Record<string, GraphFileType>> = { IMAGE: 'image', VIDEO: 'video', DOCUMENT: 'document' };
/** Buttons that take something which no field of the compatible API brings. */
const UNKNOWN_BUTTONS = ['MPM', 'SPM'];
const UNKNOWN_COMPONENTS = ['CAROUSEL', 'LIMITED_TIME_OFFER'];

/**
 * The message of a template as it is now: its values in the order of its variables in header, body and buttons, named
 * or numbered; its file; and what its quick replies give back. Refuses what Meta would refuse, by the same code.
 */
export function buildTemplate(
  { template: { name, language, category, components }, furtherTypes }: LiveTemplate,
  { values, payloads = [] }: Pick<OutgoingTemplate, 'values' | 'payloads'>,
  file: HeaderFile | undefined,
): Built {
  const buttons = components.flatMap((one) => one.buttons ?? []);
  const unknown =
    furtherTypes.find((type) => UNKNOWN_COMPONENTS.includes(type)) ??
    buttons.find(({ type }) => UNKNOWN_BUTTONS.includes(type))?.type;
  if (unknown !== undefined) return refuse('132012', `Konvert cannot fill the ${unknown} of this template`);

  const header = components.find(({ type }) => type === 'HEADER');
  const wanted = header?.format === undefined ? undefined : MEDIA_FORMATS[header.format];
  if (wanted !== file?.type) {
    return refuse('132012', `header: expected ${header?.format ?? 'no file'}, received ${file?.type ?? 'no file'}`);
  }

  const given = [...values];
  const headerVariables = variablesOfPart(header);
  const bodyVariables = variablesOfPart(components.find(({ type }) => type === 'BODY'));
  const buttonVariables = buttons.filter(takesValue);
  // A code is shown in the body, and copied by the button: it is given once.
  const repeatsCode = category === 'AUTHENTICATION' && buttonVariables.length > 0;
  if (repeatsCode && given.length === bodyVariables.length) given.push(...buttonVariables.map(() => given[0] ?? ''));
  const expected = headerVariables.length + bodyVariables.length + buttonVariables.length;
  if (given.length !== expected) {
    return refuse('132000', `number of parameters: expected ${expected}, received ${given.length}`);
  }
  const empty = given.indexOf('');
  if (empty >= 0) return refuse('131008', `the value ${empty + 1} is empty`);
  const isNowhere =
    header?.format === 'LOCATION' && !given.slice(0, 2).every((value) => Number.isFinite(Number(value)));
  if (isNowhere) return refuse('131009', 'latitude and longitude are numbers');

  const take = (count: number) => given.splice(0, count);
  const headerParameters = file
    ? [fileParameter(file)]
    : header?.format === 'LOCATION'
      ? [locationParameter(take(headerVariables.length))]
      : textParameters(headerVariables, take(headerVariables.length));
  const bodyParameters = textParameters(bodyVariables, take(bodyVariables.length));
  const replies = [...payloads];
  const parts = [
    { type: 'header', parameters: headerParameters } as const,
    { type: 'body', parameters: bodyParameters } as const,
    ...buttons.map((button, index) => ({
      type: 'button' as const,
      sub_type: button.type.toLowerCase(),
      index,
      parameters: buttonParameters(
        button,
        () => take(1)[0] ?? '',
        () => replies.shift(),
      ),
    })),
  ].filter(({ parameters }) => parameters.length > 0);
  return {
    kind: 'built',
    template: {
      name,
      language: { policy: 'deterministic', code: language },
      ...(parts.length > 0 && { components: parts }),
    },
  };
}

type TemplateButton = NonNullable<TemplateComponent['buttons']>[number];

function isNumber(name: string): boolean {
  return /^\d+$/.test(name);
}

function textParameters(variables: readonly string[], values: readonly string[]): Parameter[] {
  return variables.map((name, index) => ({
    type: 'text',
    ...(!isNumber(name) && { parameter_name: name }),
    text: values[index] ?? '',
  }));
}

function fileParameter({ type, name, ref }: HeaderFile): Parameter {
  return { type, [type]: type === 'document' ? { ...ref, filename: name } : ref };
}

function locationParameter([latitude, longitude, name, address]: readonly string[]): Parameter {
  return { type: 'location', location: { latitude: Number(latitude), longitude: Number(longitude), name, address } };
}

/** Whether the button has a part that each message fills: the end of its address, or the code that it copies. */
function takesValue({ type, url }: TemplateButton): boolean {
  return type === 'COPY_CODE' || (type === 'URL' && variablesIn(url ?? '').length > 0);
}

function buttonParameters(
  button: TemplateButton,
  nextValue: () => string,
  nextPayload: () => string | undefined,
): Parameter[] {
  if (takesValue(button)) {
    const value = nextValue();
    return button.type === 'URL' ? [{ type: 'text', text: value }] : [{ type: 'coupon_code', coupon_code: value }];
  }
  if (button.type === 'FLOW') return [{ type: 'action', action: { flow_token: 'unused' } }];
  const payload = button.type === 'QUICK_REPLY' ? nextPayload() : undefined;
  return payload ? [{ type: 'payload', payload }] : [];
}

function refuse(code: string, description: string): Refused {
  return { kind: 'refused', code, description };
}
