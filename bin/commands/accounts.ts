import { type components, dataOf } from '../../clients/typescript/index.ts';
import { gathered, moreNote } from '../terminal/lists.ts';
import { namedOne } from '../terminal/names.ts';
import { type Column, onOneLine, tableOf } from '../terminal/table.ts';
import { timeOf } from '../terminal/times.ts';
import { agreed, agreedByTyping, limitOf, limitOption, type Noun, yesOption } from '../terminal/verb.ts';
import { followErasure } from './erasures.ts';
import { channelsOf, namesOf, usersOf } from './find.ts';

type Entry = components['schemas']['AuditEntry'];

const KEY_COLUMNS: readonly Column[] = [
  { head: 'NAME', shrinks: true },
  { head: 'MADE' },
  { head: 'LAST USED' },
  { head: 'ID' },
];
const AUDIT_COLUMNS: readonly Column[] = [
  { head: 'WHEN' },
  { head: 'WHO', shrinks: true },
  { head: 'DID' },
  { head: 'TO', shrinks: true },
];

const DONE: Readonly<Record<Entry['act'], string>> = {
  'account-made': 'made an account',
  'account-enabled': 'enabled an account',
  'account-disabled': 'disabled an account',
  'account-closed': 'closed an account',
  'key-made': 'made a key',
  'key-revoked': 'revoked a key',
  'channel-connected': 'connected a channel',
  'channel-changed': 'changed a channel',
  'channel-deleted': 'deleted a channel',
  'webhook-secret-changed': 'changed the secret of a webhook',
  'channel-settings-changed': 'changed the settings of a channel',
  'account-settings-changed': 'changed the options',
  'quick-replies-changed': 'changed the quick replies',
  'user-status-changed': 'said whether a user is on',
  'user-schedule-changed': 'gave a user a schedule',
  'receiver-changed': 'changed where events go',
  'receiver-secret-changed': 'changed the secret of events',
  'crm-connected': 'connected a CRM',
  'crm-changed': 'changed the connection to the CRM',
  'crm-left': 'left the CRM',
  'crm-refreshed': 'loaded data from the CRM',
  'crm-retried': 'sent to the CRM again what failed',
  'person-exported': 'exported what is known of a person',
  'person-erased': 'erased a person',
  'operator-key-changed': 'changed the operator key',
  'check-begun': 'began a check',
};

/** The commands of accounts. */
export function addAccounts({ verb, group }: Noun): void {
  verb(
    'create <name>',
    'Make an account for a company, with its first key (operator)',
    'accounts create "My company"',
    async ({ operator }, name = '') => {
      const made = await dataOf((await operator()).POST('/v1/accounts', { body: { name } }));
      const text = `${onOneLine(name)} is there, with the id ${made.accountId}. Its API key, shown this once:\n${made.apiKey}`;
      return { json: made, text, notes: [`For what follows: export KONVERT_API_KEY=<that key>`] };
    },
  );

  for (const [name, enabled, says, done] of [
    ['enable', true, 'Let an account work again (operator)', 'works again; what waited leaves within five minutes'],
    [
      'disable',
      false,
      'Stop an account: its keys are refused, nothing is sent (operator)',
      'is stopped within 10 seconds',
    ],
  ] as const) {
    verb(
      `${name} <accountId>`,
      says,
      `accounts ${name} 64c33956-460a-4325-adbb-33a648136718`,
      async ({ operator }, accountId = '') => {
        const konvert = await operator();
        const params = { path: { accountId } };
        const now = await dataOf(konvert.PATCH('/v1/accounts/{accountId}', { params, body: { enabled } }));
        return { json: now, text: `The account ${done}.` };
      },
    );
  }

  verb<{ yes?: boolean; wait: boolean }>(
    'close <accountId>',
    'Erase a company with everything that belongs to it, for good; disable it first (operator)',
    'accounts close 64c33956-460a-4325-adbb-33a648136718',
    async (run, accountId = '') => {
      const konvert = await run.operator();
      const question = [
        'Everything of the account goes: channels (their messengers are told to call no more), chats with their messages and',
        'files, contacts, deals, users, settings, keys, the connection to its CRM and its audit. It cannot be undone. Logs',
        'go by their age, backups within 35 days.',
      ].join('\n');
      await agreedByTyping(run, question, accountId);
      const params = { path: { accountId } };
      const { erasureId } = await dataOf(konvert.DELETE('/v1/accounts/{accountId}', { params }));
      return followErasure(run, konvert, erasureId, {
        wait: run.options.wait,
        lookAgain: 'erasures show --operator',
      });
    },
  )
    .addOption(yesOption())
    .option('--no-wait', 'do not wait until it is done');

  addKeys(group('keys', 'The API keys of the account', 'accounts keys list'));

  verb<{ operator?: boolean; limit?: number }>(
    'audit',
    'Who changed what, the newest first; with --operator what the operator did',
    'accounts audit --limit 20',
    async ({ api, operator, options, terminal }) => {
      const konvert = await (options.operator ? operator() : api());
      const found = await gathered<Entry>(limitOf(options), async (query) => {
        const page = await dataOf(konvert.GET('/v1/audit', { params: { query } }));
        return { items: page.entries, nextCursor: page.nextCursor };
      });
      if (options.json) return { json: found.items, text: '', notes: moreNote(found) };
      const called = options.operator ? (id: string) => id : await namesOfAll(konvert);
      const rows = found.items.map(({ at, actor, act, subject }) => [
        timeOf(at),
        called(actor),
        DONE[act],
        called(subject),
      ]);
      return { json: found.items, text: tableOf(AUDIT_COLUMNS, rows, terminal.width), notes: moreNote(found) };
    },
  )
    .option('--operator', 'what the operator did, with the operator key')
    .addOption(limitOption());
}

function addKeys({ verb }: Noun): void {
  verb('list', 'The keys, and when each was used last', 'accounts keys list', async ({ api, terminal }) => {
    const { keys } = await dataOf((await api()).GET('/v1/account/keys'));
    const rows = keys.map(({ keyId, name, createdAt, lastUsedAt }) => [
      name ?? '-',
      timeOf(createdAt),
      timeOf(lastUsedAt),
      keyId,
    ]);
    return { json: keys, text: tableOf(KEY_COLUMNS, rows, terminal.width) };
  });

  verb<{ name?: string; account?: string }>(
    'create',
    'Make one more key; with --account for an account that has lost its own (operator)',
    'accounts keys create --name "Our CRM"',
    async ({ api, operator, options: { name, account } }) => {
      const body = name === undefined ? {} : { name };
      const made =
        account === undefined
          ? await dataOf((await api()).POST('/v1/account/keys', { body }))
          : await dataOf(
              (await operator()).POST('/v1/accounts/{accountId}/keys', {
                params: { path: { accountId: account } },
                body,
              }),
            );
      return { json: made, text: `The key, shown this once:\n${made.apiKey}` };
    },
  )
    .option('--name <name>', 'who will use it')
    .option('--account <accountId>', 'of that account, with the operator key');

  verb<{ yes?: boolean }>(
    'revoke <key>',
    'End a key, by its name or id, within 10 seconds',
    'accounts keys revoke "Our CRM"',
    async (run, given = '') => {
      const konvert = await run.api();
      const { keys } = await dataOf(konvert.GET('/v1/account/keys'));
      const { keyId, name } = namedOne('key', given, keys, (key) => ({
        id: key.keyId,
        names: key.name === null ? [] : [key.name],
      }));
      await agreed(run, `Whoever uses the key ${onOneLine(name ?? keyId)} will be refused. Go on?`);
      const gone = await dataOf(konvert.DELETE('/v1/account/keys/{keyId}', { params: { path: { keyId } } }));
      return { json: gone, text: `The key ${onOneLine(name ?? keyId)} ends within 10 seconds.` };
    },
  ).addOption(yesOption());
}

/** What people call keys, users and channels that an entry names. */
async function namesOfAll(konvert: Parameters<typeof usersOf>[0]): Promise<(id: string) => string> {
  const { keys } = await dataOf(konvert.GET('/v1/account/keys'));
  const names = namesOf(await usersOf(konvert), await channelsOf(konvert));
  const ofKeys = new Map(keys.map(({ keyId, name }) => [keyId, `key ${name ?? keyId}`]));
  return (id) => {
    const [, userId] = /^user:(.*)$/s.exec(id) ?? [];
    return userId === undefined ? (ofKeys.get(id) ?? names.channel(id)) : names.user(userId);
  };
}
