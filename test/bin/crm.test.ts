import { expect, onTestFinished, test } from 'vitest';
import { openHubspot } from '#test/crms/doubles/hubspot/rig';
import { openTerminal } from './typed.ts';

async function open() {
  const rig = await openHubspot();
  onTestFinished(() => rig.stop());
  const { accessToken = '', clientSecret = '' } = rig.credentials as Record<string, string>;
  return { rig, accessToken, clientSecret, ...(await openTerminal({ crms: { hubspot: rig.double.baseUrl } })) };
}

test('a CRM is connected by one command, which asks for the secret and shows it nowhere', async () => {
  const { type, accessToken } = await open();

  const { code, out, err, asked } = await type(['crm', 'connect', 'hubspot', '--field', 'accessToken'], {
    answers: [accessToken],
  });

  expect(code).toBe(0);
  expect(asked).toEqual(['accessToken (it is not shown):']);
  expect(out).toMatch(/^CRM +hubspot: HubSpot/m);
  expect(out + err).not.toContain(accessToken);
  expect((await type(['crm', 'show', '--json'])).json()).toMatchObject({ crm: 'hubspot', waiting: 0, failed: 0 });
});

test('the secret may come from the environment', async () => {
  const { type, accessToken } = await open();

  const connected = await type(['crm', 'connect', 'hubspot', '--field', 'accessToken'], {
    env: { KONVERT_CRM_ACCESS_TOKEN: accessToken },
  });

  expect(connected).toMatchObject({ code: 0, asked: [] });
});

test('where a person has to consent, the address is told', async () => {
  const { type } = await open();

  const { code, out, err } = await type([
    'crm',
    'connect',
    'hubspot',
    '--field',
    'clientId=00000000-1111',
    'clientSecret=a-secret-of-an-app',
  ]);

  expect(code).toBe(0);
  expect(out).toContain('waits for consent');
  expect(err).toMatch(/^https:\/\/app\.hubspot\.com\/oauth\/authorize\?/m);
});

test('it is refreshed, switched off and on, and left', async () => {
  const { type, rig, accessToken } = await open();
  await type(['crm', 'connect', 'hubspot', '--field', `accessToken=${accessToken}`]);
  rig.hands.addUser({ name: 'Ivan Sokolov' });

  expect((await type(['crm', 'refresh'])).out).toMatch(/^users +1 added, 0 changed, 0 gone$/m);
  expect((await type(['crm', 'disable'])).out).toContain('switched off: crm enable');
  expect((await type(['crm', 'enable'])).out).not.toContain('switched off');
  expect(await type(['users', 'add', 'Anna'])).toMatchObject({ code: 1, err: expect.stringContaining('crm refresh') });
  expect(await type(['crm', 'disconnect', '--yes'])).toMatchObject({ code: 0 });
  expect(await type(['crm', 'show'])).toMatchObject({ code: 1, err: expect.stringContaining('crm connect') });
});

test.each([
  [['crm', 'connect', 'zoho', '--field', 'x=1'], 'There is no connector for zoho'],
  [['crm', 'connect', 'hubspot'], 'With what?'],
  [['crm', 'connect', 'hubspot', '--field-file', 'accessToken'], 'Which file?'],
])('%j are wrong words', async (words, says) => {
  const { type } = await open();

  expect(await type(words)).toMatchObject({ code: 2, err: expect.stringContaining(says) });
});

test('a CRM that lets nobody in any more is told with since when, why, who waits and what ends it', async () => {
  const { type, rig, accessToken } = await open();
  await type(['crm', 'connect', 'hubspot', '--field', `accessToken=${accessToken}`]);
  rig.hands.revoke();
  await type(['crm', 'refresh']);

  const { out, err } = await type(['crm', 'show']);

  expect(out).toMatch(/^state +the CRM lets Konvert in no more$/m);
  expect(err).toMatch(
    /HubSpot no longer lets Konvert in since \d{4}-\d\d-\d\d \d\d:\d\d \(.+\)\. Nothing is lost\. Connect again: crm change/,
  );
});
