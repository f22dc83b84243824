import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { described, type RouteName } from '#api/described';
import type { DescribedRoute } from '#api/described-route';
import { dataExamples } from '#api/examples/errors';
import { ERROR_CODES, type ErrorCode } from '#http/error-codes';
import { routes } from '#lib/routes';

/** What every route answers that takes a key, a body or a path: the description adds it. */
const OF_ALL = [
  'UNAUTHORIZED',
  'UNKNOWN_USER',
  'FORBIDDEN',
  'ACCOUNT_DISABLED',
  'NOT_FOUND',
  'INVALID_JSON',
  'INVALID_BODY',
  'TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'TIMEOUT',
  'INTERNAL_ERROR',
];
/** What functions throw by a word of another folder. */
const BY_NAME: Readonly<Record<string, readonly string[]>> = {
  accountNotFound: ['ACCOUNT_NOT_FOUND'],
  answerFile: ['FILE_NOT_FOUND'],
  channelNotFound: ['CHANNEL_NOT_FOUND'],
  channelSwitchedOff: ['CHANNEL_BLOCKED'],
  channelUnavailable: ['MESSAGE_CHANNEL_UNAVAILABLE'],
  chatNotFound: ['CHAT_NOT_FOUND'],
  installationSecret: ['STARTING'],
  crmNotConnected: ['CRM_NOT_CONNECTED'],
  directoryKept: ['DIRECTORY_KEPT_BY_CONNECTOR'],
  invalidMessage: ['INVALID_MESSAGE_DATA'],
  invalidRequest: ['INVALID_REQUEST'],
  noAccess: ['CHAT_NO_ACCESS'],
  phoneUnavailable: ['MESSAGE_CHANNEL_UNAVAILABLE'],
  readRegistration: ['INVALID_REQUEST'],
  readEntities: ['TOO_MANY_ENTITIES'],
  readSeen: ['STARTING'],
  takeFile: codesIn(sourceOf('src/flows/take-file.ts')),
  testPostNotPassed: ['testPostNotPassed'],
  uriNotValid: ['uriNotValid'],
  visibleChat: ['CHAT_NOT_FOUND'],
  // What visibleChat is asked for, of a chat that is only seen.
  "deps, 'writes'": ['CHAT_NO_ACCESS'],
};
/** The messengers in which a message can be changed. */
const CHANGING = ['telegram', 'vk', 'maxbot', 'evolution'];
/** What the messengers say before anything leaves. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'record-reply': codesIn(sourceOf('src/channels/outbound.ts')),
  'change-message': CHANGING.flatMap((name) => globSync(`src/channels/${name}/*.ts`))
    .flatMap((path) => codesIn(sourceOf(path)))
    .filter((code) => /^MESSAGES?_/.test(code)),
};
/** Codes that are stored with a message, and answered by no route of the function. */
const STORED: Readonly<Record<string, readonly string[]>> = { 'receive-message': ['UNKNOWN_ERROR'] };

function sourceOf(path: string): string {
  return readFileSync(path, 'utf8');
}

function codesIn(source: string): string[] {
  const known = [...source.matchAll(/'(\w+)'/g)].map(([, word = '']) => word).filter((word) => word in ERROR_CODES);
  return known.filter((code) => !OF_ALL.includes(code));
}

/** The codes that the function may throw: those in its folder, those of words in it, and those of messengers. */
function thrownIn(folder: string): string[] {
  const source = globSync(`functions/${folder}/*.ts`).map(sourceOf).join('\n');
  const named = Object.entries(BY_NAME).filter(([word]) => new RegExp(`(?<!\\w)${word}(?!\\w)`).test(source));
  const all = [...codesIn(source), ...named.flatMap(([, codes]) => codes), ...(REFUSED[folder] ?? [])];
  return [...new Set(all)].filter((code) => !STORED[folder]?.includes(code)).sort();
}

function codesOf({ errors }: DescribedRoute): string[] {
  return errors.map((error) => error.replace(/^\d+ /, '')).filter((code) => !OF_ALL.includes(code));
}

describe('the codes that a function throws are described by its routes, and no others are', () => {
  test.each([...new Set(routes.map((route) => route.function))])('%s', (folder) => {
    const served = routes.filter((route) => route.function === folder);
    const told = served.flatMap(({ method, path }) => codesOf(described[`${method} ${path}` as RouteName]));

    expect([...new Set(told)].sort()).toEqual(thrownIn(folder));
  });
});

test('no code is left that nobody answers', () => {
  const told = new Set(Object.values(described as Record<string, DescribedRoute>).flatMap(codesOf));

  expect(Object.keys(ERROR_CODES).filter((code) => !told.has(code) && !OF_ALL.includes(code))).toEqual([]);
});

describe('examples of errors', () => {
  test.each(Object.entries(ERROR_CODES))('%s has data if it always has some, of its schema', (code, meaning) => {
    const given = dataExamples[code as ErrorCode];
    const schema = 'data' in meaning ? (meaning.data as z.ZodMiniType) : z.undefined();

    expect(schema.parse(given)).toEqual(given);
  });
});
