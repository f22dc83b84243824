import { describe, expect, test } from 'vitest';
import { examples } from '#api/examples/index';
import { judgeAnswer, UndescribedError } from '#test/described';

const CHATS = { method: 'GET', path: '/v1/chats?limit=1', status: 200, body: examples['GET /v1/chats'].answer };
const chats = CHATS.body as { chats: object[] };
const REFUSED = { error: 'CHAT_NOT_FOUND', description: 'There is no such chat' };
const CHAT = { method: 'GET', path: '/v1/chats/a/telegram/1', status: 404, body: REFUSED };

const ENDED = { errorMessage: 'Task timed out after 15.00 seconds', errorType: 'Sandbox.Timedout' };

describe('the judge', () => {
  test.each([
    ['an answer as it is described', CHATS],
    ['an error as it is described', CHAT],
    ['what a gateway answers by itself', { ...CHATS, status: 429, body: { message: 'Too Many Requests' } }],
    ['what the engine says of a function that it has ended', { ...CHATS, status: 502, body: ENDED }],
  ])('lets %s pass', (_, answer) => {
    expect(() => judgeAnswer(answer)).not.toThrow();
  });

  test.each([
    ['a field that no schema names', { ...CHATS, body: { ...chats, more: 1 } }],
    ['a field of a wrong type', { ...CHATS, body: { chats: [{ ...chats.chats[0], version: '7' }] } }],
    ['a time that is none', { ...CHATS, body: { chats: [{ ...chats.chats[0], lastMessageAt: 'today' }] } }],
    ['a field that is missing', { ...CHATS, body: {} }],
    ['a status that the route does not have', { ...CHATS, status: 418 }],
    ['another failure of a function', { ...CHATS, status: 502, body: { ...ENDED, errorType: 'TypeError' } }],
    ['a code that the route does not have', { ...CHAT, body: { ...REFUSED, error: 'LAST_KEY' } }],
    ['data that is not that of the code', { ...CHAT, body: { ...REFUSED, data: {} } }],
    ['another shape of an error', { ...CHAT, body: { ...REFUSED, status: 404, requestId: 'a' } }],
    ['a content type that is not described', { ...CHATS, headers: { 'content-type': 'text/html' } }],
    ['an answer of no route', { ...CHATS, path: '/v1/chat' }],
  ])('finds %s', (_, answer) => {
    expect(() => judgeAnswer(answer)).toThrow(UndescribedError);
  });
});
