import type { DescribedRoute } from '#api/described-route';
import type { RouteExample } from '#api/examples/route-example';

/** A program that calls a route with its example. `lang` is a name that highlighters know. */
export interface CodeSample {
  readonly lang: 'shell' | 'typescript' | 'python';
  readonly label: 'curl' | 'TypeScript' | 'Python';
  readonly source: string;
}

/** A route with its example. */
export interface SampledRoute {
  readonly method: string;
  readonly path: string;
  readonly security: DescribedRoute['security'];
  readonly example: RouteExample;
}

/** The variable that holds the key of a route, by its security. Other routes take none. */
const KEY_VARIABLES: Readonly<Record<string, string>> = {
  apiKey: 'KONVERT_KEY',
  anyKey: 'KONVERT_KEY',
  operatorKey: 'KONVERT_OPERATOR_KEY',
  pageToken: 'KONVERT_PAGE_TOKEN',
};

/** Routes that messengers and browsers call, and no program of an integration. */
const NOT_FOR_PROGRAMS = /^\/(webhooks\/|chat\/|page\/|docs(\/|$)|$)/;

/**
 * A call of the route in each language, ready to paste: the address of Konvert and the key come from the environment.
 * Empty for routes that only messengers and browsers call.
 */
export function codeSamples(route: SampledRoute): readonly CodeSample[] {
  if (NOT_FOR_PROGRAMS.test(route.path)) return [];
  return [
    { lang: 'shell', label: 'curl', source: curl(route) },
    { lang: 'typescript', label: 'TypeScript', source: typeScript(route) },
    { lang: 'python', label: 'Python', source: python(route) },
  ];
}

function curl({ method, path, security, example }: SampledRoute): string {
  const query = new URLSearchParams(textsOf(example.query)).toString();
  const key = KEY_VARIABLES[security];
  const body = bodyOf(example);
  return [
    `curl ${optionsOf(method, example)}"$KONVERT${filled(path, example)}${query && `?${query}`}"`,
    ...(key === undefined ? [] : [`-H "Authorization: Bearer $${key}"`]),
    ...(example.actingAs === undefined ? [] : [`-H ${quoted(`Konvert-User: ${encoded(example.actingAs)}`)}`]),
    ...(body === undefined
      ? []
      : ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(body, null, 2))}`]),
  ].join(' \\\n  ');
}

/** A file may be answered with its address elsewhere, and is kept under its name. An error is not kept in its place. */
function optionsOf(method: string, example: RouteExample): string {
  if (method === 'HEAD') return '-I ';
  if (method !== 'GET') return `-X ${method} `;
  return hasJson(example) ? '' : '-f -L -O ';
}

/** A text as one word of a shell: nothing in it means anything but itself. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function typeScript({ method, path, security, example }: SampledRoute): string {
  const key = KEY_VARIABLES[security];
  const body = bodyOf(example);
  const params = {
    ...(example.params && { path: example.params }),
    ...(hasQuery(example) && { query: example.query }),
  };
  const options = {
    ...(Object.keys(params).length > 0 && { params }),
    ...(body !== undefined && { body }),
    ...(!hasJson(example) && { parseAs: 'blob' }),
  };
  const given = Object.keys(options).length > 0 ? `, ${literal(options, TYPE_SCRIPT)}` : '';
  return `import { createKonvertClient, dataOf } from '@konvert/client';

const konvert = createKonvertClient({
  baseUrl: process.env.KONVERT ?? '',
${key === undefined ? '' : `  apiKey: process.env.${key},\n`}${example.actingAs === undefined ? '' : `  actingAs: ${singleQuoted(example.actingAs)},\n`}});
const answer = await dataOf(konvert.${method}('${path}'${given}));
console.log(answer);
`;
}

function python({ method, path, security, example }: SampledRoute): string {
  const key = KEY_VARIABLES[security];
  const body = bodyOf(example);
  const headers = [
    ...(key === undefined ? [] : [`"Authorization": f"Bearer {os.environ['${key}']}"`]),
    ...(example.actingAs === undefined ? [] : [`"Konvert-User": ${JSON.stringify(encoded(example.actingAs))}`]),
  ];
  const call = [
    JSON.stringify(filled(path, example)),
    ...(hasQuery(example) ? [`params=${literal(example.query, PYTHON)}`] : []),
    ...(body === undefined ? [] : [`json=${literal(body, PYTHON)}`]),
    ...(hasJson(example) ? [] : ['follow_redirects=True']),
  ];
  return `import os

import httpx

konvert = httpx.Client(
    base_url=os.environ["KONVERT"],
${headers.length === 0 ? '' : `    headers={${headers.join(', ')}},\n`})
answer = konvert.${method.toLowerCase()}(${call.join(', ')})
answer.raise_for_status()
print(${hasJson(example) ? 'answer.json()' : 'answer.headers'})
`;
}

function hasQuery({ query = {} }: RouteExample): boolean {
  return Object.keys(query).length > 0;
}

/** The body that the route usually gets. */
function bodyOf({ body, bodies }: RouteExample): unknown {
  return bodies ? Object.values(bodies)[0]?.value : body;
}

function hasJson({ answer, answers }: RouteExample): boolean {
  return answer !== undefined || answers !== undefined;
}

/** The path with its parameters. A shell leaves an encoded one as it is, between double quotes. */
function filled(path: string, { params = {} }: RouteExample): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encoded(params[name] ?? ''));
}

/** `encodeURIComponent` leaves some marks, of which a shell expands `!`. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function textsOf(query: RouteExample['query'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
}

/** How a language writes what JSON holds. */
interface Spelling {
  readonly indent: string;
  readonly true: string;
  readonly false: string;
  readonly null: string;
  readonly text: (text: string) => string;
  readonly name: (name: string) => string;
}

const TYPE_SCRIPT: Spelling = {
  indent: '  ',
  true: 'true',
  false: 'false',
  null: 'null',
  text: singleQuoted,
  name: (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : singleQuoted(name)),
};

/** What JSON escapes in a text, Python reads in the same way. */
const PYTHON: Spelling = {
  indent: '    ',
  true: 'True',
  false: 'False',
  null: 'None',
  text: (text) => JSON.stringify(text),
  name: (name) => JSON.stringify(name),
};

function singleQuoted(text: string): string {
  const json = JSON.stringify(text);
  return text.includes("'") ? json : `'${json.slice(1, -1).replaceAll('\\"', '"')}'`;
}

function literal(value: unknown, spelling: Spelling, depth = 0): string {
  if (typeof value === 'string') return spelling.text(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return spelling[`${value}`];
  if (typeof value !== 'object' || value === null) return spelling.null;
  const inner = (one: unknown) => literal(one, spelling, depth + 1);
  if (Array.isArray(value)) return enclosed('[', value.map(inner), ']', spelling, depth);
  const fields = Object.entries(value).map(([name, one]) => `${spelling.name(name)}: ${inner(one)}`);
  return enclosed('{', fields, '}', spelling, depth);
}

/** Each on a line of its own, as formatters of both languages write what is long. */
function enclosed(open: string, parts: readonly string[], close: string, { indent }: Spelling, depth: number): string {
  if (parts.length === 0) return open + close;
  const lines = parts.map((part) => `${indent.repeat(depth + 1)}${part},\n`);
  return `${open}\n${lines.join('')}${indent.repeat(depth)}${close}`;
}
