import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CRMS, type CrmName, type Ref } from '#domain/crm';
import type { DemoClient } from '#local/demo/kit/clients';
import { type LookedAt, openLooked } from '#test/crms/kit/looks';
import { until } from '#test/e2e/call-api';
import { useBrowser } from './browser.ts';
import { openCard } from './crm-cards.ts';
import { useKonvert } from './konvert.ts';
import { lines } from './people.ts';

// P4 in the three CRMs: a card at the CRM's own address, with our own widget and extension.

const crms = new Map<CrmName, LookedAt>();
const env: Record<string, string> = {};

beforeAll(async () => {
  for (const name of CRMS) {
    const crm = await openLooked(name);
    crm.rig.clock.pass(Date.now() - crm.rig.clock.now());
    crms.set(name, crm);
    env[`KONVERT_${name.toUpperCase()}_API`] = crm.baseUrl;
  }
});
afterAll(async () => {
  for (const crm of crms.values()) await crm.rig.stop();
});

const konvert = useKonvert(env);
const chromium = useBrowser();

const CLIENTS: Readonly<Record<CrmName, DemoClient>> = { hubspot: 'anna', amocrm: 'dan', bitrix24: 'eva' };

interface Connected {
  readonly crm: LookedAt;
  readonly frameUrl: string;
  /** A seller, who has the client. */
  readonly seller: string;
  /** Another seller. */
  readonly other: string;
  /** Has no role. */
  readonly nobody: string;
  readonly contact: Ref;
}

/** Connects the CRM, gives one of its users a role, and lets a client write, whom the CRM then has. */
async function connect(name: CrmName): Promise<Connected> {
  const crm = crms.get(name)!;
  const { hands, credentials } = crm.rig;
  const [seller = '', other = '', nobody = ''] = ['Ivan Sokolov', 'Maria Petrova', 'Vera Orlova'].map((user) =>
    hands.addUser({ name: user }),
  );
  await konvert.api('DELETE', '/v1/crm');
  const made = await konvert.api('POST', '/v1/crm', { body: { crm: name, credentials } });
  expect(made.status).toBe(201);
  if (crm.installation) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await fetch(made.body.hooksUrl, { method: 'POST', headers, body: crm.installation() });
  }
  await until(`the users of ${name}`, async () => {
    await konvert.api('POST', '/v1/crm/refresh');
    const { body } = await konvert.api('GET', '/v3/users');
    return (body as { id: string }[]).some(({ id }) => id === nobody) || undefined;
  });
  const [pipeline] = (await konvert.api('GET', '/v3/pipelines')).body;
  const place = { pipelineId: pipeline.id, stageId: pipeline.stages[0].id };
  const userRoles = [seller, other].map((userId) => ({
    userId,
    role: 'seller',
    allowGetNewClients: userId === seller,
  }));
  const body = { newClients: { mode: 'round-robin', ...place }, userRoles };
  const saved = await konvert.api('PUT', `/v1/settings/channels/${konvert.account.channelId}`, { body });
  expect(saved).toMatchObject({ status: 200 });
  await konvert.says(CLIENTS[name], `Good day from ${name}`);
  const id = await until(`the contact of ${name}`, async () => {
    const { body: found } = await konvert.api('GET', '/v3/contacts');
    const contacts = (found.data ?? found) as { id: string; responsibleUserId: string }[];
    return contacts.find(({ responsibleUserId }) => responsibleUserId === seller)?.id;
  });
  return { crm, frameUrl: made.body.frameUrl, seller, other, nobody, contact: { type: 'contact', id } };
}

/**
 * Somebody whom Konvert does not know, however late a refresh comes that still runs: it keeps nobody who was dismissed. They
 * have to be the next to look.
 */
function addStranger({ name, rig: { hands, double } }: LookedAt): string {
  const id = hands.addUser({ name: 'Not Read' });
  hands.dismissUser(id);
  // HubSpot itself is asked who looks, and finds nobody who was dismissed.
  if (name === 'hubspot') double.answer({ status: 200, body: { id } }, 'GET /crm/owners/{id}');
  return id;
}

/** One for each: all words in both are in test/functions/open-frame.test.ts. */
const LANGUAGES = { hubspot: 'en', amocrm: 'ru', bitrix24: 'ru' } as const;
const WORDS = {
  en: {
    role: 'You have no role in Konvert yet',
    other: 'No chats of this client',
    unknown: /Konvert does not know you yet/,
    forged: /The CRM did not say who is looking/,
    none: /There is no chat here yet/,
  },
  ru: {
    role: 'У вас пока нет роли в Konvert',
    other: 'Чатов этого клиента нет',
    unknown: /Konvert вас пока не знает/,
    forged: /CRM не подтвердила, кто смотрит/,
    none: /Здесь пока нет чатов/,
  },
} as const;

describe.each(CRMS)('in a card of %s', (name) => {
  let connected: Connected;
  const client = `${CLIENTS[name][0]!.toUpperCase()}${CLIENTS[name].slice(1)} Demo`;
  const said = `Good day from ${name}`;

  beforeAll(async () => {
    connected = await connect(name);
  });

  test('the chat of the client is open, as who looks, and a reply is written', async () => {
    const { crm, frameUrl, seller: userId, contact: ref } = connected;
    const context = await chromium.newContext();
    const card = await openCard(context, crm, frameUrl, { userId, ref });
    await card.open();
    const frame = await card.frame();

    const field = frame.getByRole('textbox', { name: `Message to ${client}` });
    await frame.getByRole('feed', { name: client }).getByText(said).waitFor();
    await field.fill(`It is there, says ${name}`);
    await field.press('Enter');

    await konvert.untilGot(CLIENTS[name], `It is there, says ${name}`);
    await expect.poll(() => lines(frame)).toEqual([expect.stringContaining(client)]);
  });

  test('who may not see the chat is told so in their language', async () => {
    const language = LANGUAGES[name];
    const { crm, frameUrl, seller, other, nobody, contact: ref } = connected;
    const { hands } = crm.rig;
    const stranger = addStranger(crm);
    const unwritten: Ref = { type: 'contact', id: hands.addContact({ name: 'Dana' }) };
    const locale = { en: 'en-GB', ru: 'ru-RU' }[language];
    const words = WORDS[language];
    const context = await chromium.newContext({ locale });
    for (const [look, told] of [
      [{ userId: stranger, ref }, words.unknown],
      [{ userId: nobody, ref }, words.role],
      [{ userId: other, ref }, words.other],
      [{ userId: seller, ref, secret: 'of-a-forger' }, words.forged],
      [{ userId: seller, ref: unwritten }, words.none],
    ] as const) {
      const card = await openCard(context, crm, frameUrl, { ...look, language });
      await card.open();
      await card.says(told);
      for (const frame of card.page.frames()) expect(await frame.content()).not.toContain(said);
      await card.page.close();
    }
  });

  test.runIf(name === 'amocrm')(
    'a widget that is shown no token asks by a script, and another site may not',
    async () => {
      const { crm, frameUrl, seller: userId, contact: ref } = connected;
      const context = await chromium.newContext();
      const card = await openCard(context, crm, frameUrl, { userId, ref }, { hidesToken: true });
      await card.open();

      await (await card.frame()).getByRole('feed').getByText(said).waitFor();

      // Not watched: the browser tells of both refusals.
      const unwatched = await chromium.newUnwatched();
      const evil = { ...crm, origin: 'https://evil.amocrm.ru' };
      const asking = await openCard(unwatched, evil, frameUrl, { userId, ref }, { hidesToken: true });
      await asking.open();
      await asking.says('Konvert did not answer');
      // A form needs no leave. The page that it opens is shown in no frame there.
      const posting = await openCard(unwatched, evil, frameUrl, { userId, ref });
      await posting.open();
      const frame = await posting.frame();
      await expect.poll(() => frame.url()).toMatch(/^chrome-error:/);
    },
  );
});
