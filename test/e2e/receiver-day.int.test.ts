import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { makeFolder, runCommand, startCommand, startKonvert } from '#test/e2e/konvert-process';
import { needsThisMachine } from '#test/e2e/place';
import { PATIENCE_MS } from '#test/patience';

/** The receiver is tried again after 5 s, then after 10 s. */
const AFTER_BACKOFF_MS = 40_000 + PATIENCE_MS;

test('a day of the demo company with a receiver: each event arrives once, in order, also those it was not there for', async () => {
  needsThisMachine('the commands of the demo');
  const folder = await makeFolder();
  const demo = async (...words: string[]) => {
    const { code, output } = await runCommand({ folder }, 'demo', ...words);
    expect(output).not.toBe('');
    expect(code, output).toBe(0);
  };
  const port = String(await freePort());
  const openReceiver = async () => {
    const receiver = startCommand({ folder }, 'demo', 'receive', port);
    const prints = (text: string | RegExp, withinMs?: number) =>
      until(`the receiver prints ${text}`, async () => linesOf(receiver.output()).find(has(text)), withinMs);
    await prints('Events come here now');
    return { ...receiver, prints };
  };
  const { url } = await startKonvert({ folder, port: await freePort(), env: { KONVERT_DEMO: 'on' } });
  const { apiKey: key } = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8'));

  const morning = await openReceiver();
  await demo('write', 'Do you deliver on Sundays?');
  await morning.prints('message        Anna Demo: Do you deliver on Sundays?');
  expect(morning.output()).not.toContain('createContact  ');

  await demo('reply', '--as', 'ivan', 'We do, from ten to six.');
  const made = await morning.prints(/^createContact {2}Anna Demo, ivan is responsible: made contact-/);
  await morning.prints(/^createDeal {5}of contact-\w+, ivan is responsible: made deal-/);
  await morning.prints(/^answer {9}\w+: We do, from ten to six\.$/);
  await morning.prints(/^status {9}\w+ sent$/);
  const contactId = made.slice(made.indexOf('contact-'));
  await until('the contact of the CRM is known', async () => {
    const { body } = await callApi(url, 'GET', `/v3/contacts/${contactId}`, { key });
    return body.responsibleUserId === 'ivan' || undefined;
  });
  await morning.stop();

  for (const words of ['Thank you!', 'And on Mondays?', 'I am waiting.']) await demo('write', words);
  const evening = await openReceiver();
  await evening.prints('I am waiting.', AFTER_BACKOFF_MS);
  expect(linesOf(evening.output()).filter((line) => line.startsWith('message'))).toEqual([
    'message        Anna Demo: Thank you!',
    'message        Anna Demo: And on Mondays?',
    'message        Anna Demo: I am waiting.',
  ]);

  await demo('reply', '--as', 'ivan', 'Not on Mondays.');
  await evening.prints(/^answer {9}\w+: Not on Mondays\.$/);
  // Whatever was repeated: the client who became a contact in the morning is asked for once.
  expect(evening.output()).not.toContain('createContact  ');
  expect(linesOf(morning.output()).filter(has('createContact  '))).toHaveLength(1);
});

function linesOf(output: string): string[] {
  return output.split('\n');
}

function has(text: string | RegExp): (line: string) => boolean {
  return (line) => (typeof text === 'string' ? line.includes(text) : text.test(line));
}
