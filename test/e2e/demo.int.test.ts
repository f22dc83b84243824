import { expect, test } from 'vitest';
import { callApi, freePort } from '#test/e2e/call-api';
import { makeFolder, runCommand, startKonvert } from '#test/e2e/konvert-process';

test('the demo steps, one after another, over a restart on another port', async () => {
  const folder = await makeFolder();
  const demo = (...words: string[]) => runCommand({ folder }, 'demo', ...words);

  const tooEarly = await demo('list');
  expect(tooEarly).toEqual({ code: 1, output: expect.stringContaining('Start Konvert first: npm start') });

  const first = await startKonvert({ folder, port: await freePort(), env: { KONVERT_DEMO: 'on' } });
  expect(first.output()).toContain('npm run konvert -- demo write');
  expect((await demo('list')).output).toContain('Nobody has written yet');
  expect((await demo('reply')).code).toBe(1);

  const written = await demo('write', 'Is the red one', 'in stock?');
  expect(written.code).toBe(0);
  expect(written.output).toContain(`curl -X POST`);
  expect(written.output).toContain(`'${first.url}/demo-messenger/write'`);
  expect(written.output).toContain('The chat is unanswered, 1 message waits');
  expect((await demo('list')).output).toMatch(/unanswered {2}Anna Demo: Is the red one in stock\?/);

  const replied = await demo('reply', 'Yes, three.');
  expect(replied.code).toBe(0);
  expect(replied.output).toContain(`'${first.url}/v3/message'`);
  expect(replied.output).toContain('"seenUpTo"');
  expect(replied.output).toContain('The chat is answered');
  expect(replied.output).toContain('The client has it in the messenger.');

  expect(await first.stop()).toBe(0);
  expect(await demo('list')).toEqual({ code: 1, output: expect.stringContaining('Start it first: npm start') });
  const second = await startKonvert({ folder, port: await freePort(), env: { KONVERT_DEMO: 'on' } });

  expect((await demo('write', 'Thanks!')).output).toContain('The chat is unanswered, 1 message waits');
  expect((await demo('no-reply')).output).toContain('The chat is off the unanswered list');
  expect((await demo('write', 'One more question')).code).toBe(0);
  expect((await demo('reply', 'Sure')).output).toContain('The client has it in the messenger.');
  const { messages } = (await callApi(second.url, 'GET', '/demo-messenger/messages')).body;
  expect(messages.map(({ from, text }: Record<string, string>) => `${from}: ${text}`)).toEqual([
    'client: Is the red one in stock?',
    'bot: Yes, three.',
    'client: Thanks!',
    'client: One more question',
    'bot: Sure',
  ]);
  expect(new Set(messages.map(({ message_id }: Record<string, number>) => message_id)).size).toBe(5);

  const unknown = await demo('dance');
  expect(unknown).toEqual({ code: 2, output: expect.stringContaining('Usage: npm run konvert -- demo') });
});
