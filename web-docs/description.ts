import type { Sample } from './samples.ts';

/** A route as the description has it, as far as this page shows it without the viewer. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly [string];
  readonly security?: readonly object[];
  readonly parameters?: readonly Named<{ readonly name: string }>[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly 'x-codeSamples'?: readonly { readonly lang: string; readonly label: string; readonly source: string }[];
}

interface Media {
  readonly schema?: Named<Schema>;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, Example>>;
}

interface Schema {
  readonly properties?: Readonly<Record<string, object>>;
}

/** A body as somebody may send it, and when. */
export interface Example {
  readonly summary?: string;
  readonly value: unknown;
}

/** Something, or the place where it is described by its name. */
type Named<T> = T | { readonly $ref: string };

type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** The description of the API, as `/openapi.json` gives it. */
export interface Description {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Paths;
  /** The calls that Konvert makes, by their names. */
  readonly webhooks: Paths;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, { readonly name: string }>>;
  };
}

/** A route or event of the reference with its place in the address of the page. */
export interface Entry {
  readonly hash: string;
  readonly method: string;
  /** The path, or the name of a call that Konvert makes. */
  readonly path: string;
  readonly isEvent: boolean;
  readonly tag: string;
  /** `sendMessage` in words: "Send message". */
  readonly name: string;
  readonly operation: Operation;
}

/** All routes and events, in the order of their tags. */
export function entriesOf({ paths, webhooks, tags }: Description): Entry[] {
  const order = tags.map(({ name }) => name);
  return [...entriesIn(paths, false), ...entriesIn(webhooks, true)].sort(
    (one, other) => order.indexOf(one.tag) - order.indexOf(other.tag),
  );
}

function entriesIn(paths: Paths, isEvent: boolean): Entry[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      hash: `#api/${operation.operationId}`,
      method: method.toUpperCase(),
      path,
      isEvent,
      tag: operation.tags[0],
      name: inWords(operation.operationId),
      operation,
    })),
  );
}

function inWords(name: string): string {
  const words = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The code that calls a route, in each language. */
export function samplesOf({ 'x-codeSamples': samples = [] }: Operation): Sample[] {
  return samples.map(({ lang, label, source }) => ({ language: lang, label, source }));
}

/** The bodies that show what the route takes. */
export function examplesOf({ requestBody }: Operation): Example[] {
  return Object.values(requestBody?.content ?? {}).flatMap(({ example, examples = {} }) => [
    ...(example === undefined ? [] : [{ value: example }]),
    ...Object.values(examples),
  ]);
}

/** The names of everything that the route takes: its parameters, and the fields of its body. */
export function fieldsOf({ parameters = [], requestBody }: Operation, { components }: Description): string[] {
  const { parameters: named, schemas } = components;
  const bodies = Object.values(requestBody?.content ?? {}).map(({ schema = {} }) => schema);
  return [
    ...parameters.map((one) => ('$ref' in one ? named[lastOf(one.$ref)]?.name : one.name) ?? ''),
    ...bodies
      .map((one) => ('$ref' in one ? schemas[lastOf(one.$ref)] : one))
      .flatMap((schema) => Object.keys(schema?.properties ?? {})),
  ];
}

function lastOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
