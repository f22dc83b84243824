import { type components, dataOf, type KonvertClient } from '../../clients/typescript/index.ts';
import { WrongWordsError } from '../terminal/errors.ts';
import { readSecret } from '../terminal/secrets.ts';
import { fieldsOf } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { timeOf } from '../terminal/times.ts';
import { agreed, type Noun, type Told, yesOption } from '../terminal/verb.ts';

type Connected = components['schemas']['ConnectedCrm'];
type Connection = components['schemas']['CrmConnection'];
type CrmName = components['schemas']['NewCrmConnection']['crm'];

interface FieldOptions {
  readonly field?: readonly string[];
  readonly fieldFile?: readonly string[];
}

const NAMES: readonly CrmName[] = ['hubspot', 'amocrm', 'bitrix24'];
const CALLED: Readonly<Record<CrmName, string>> = { hubspot: 'HubSpot', amocrm: 'amoCRM', bitrix24: 'Bitrix24' };

/** What a state means, and what to do about it. */
const STATES: Readonly<Record<Connection['state'], string>> = {
  connecting: 'waits for consent in the CRM: crm connect, or install the application there',
  active: 'works',
  degraded: 'works, but for what stands below',
  unauthorized: 'the CRM lets Konvert in no more',
  blocked: 'the CRM takes no calls for now; nothing is lost',
  disabled: 'switched off: crm enable',
};

/** The commands of the connected CRM. */
export function addCrm({ verb }: Noun): void {
  verb<FieldOptions>(
    'connect <crm>',
    'Connect HubSpot, amoCRM or Bitrix24: hubspot, amocrm or bitrix24',
    'crm connect hubspot --field accessToken',
    async ({ api, terminal, options }, crm = '') => {
      if (!isName(crm)) throw new WrongWordsError(`There is no connector for ${crm}: ${NAMES.join(', ')}`);
      const credentials = await credentialsOf(terminal, options);
      const konvert = await api();
      return connected(konvert, await dataOf(konvert.POST('/v1/crm', { body: { crm, credentials } })));
    },
  )
    .option('--field <name...>', 'name=value; a name alone is asked for, and is not shown (or KONVERT_CRM_<NAME>)')
    .option('--field-file <name...>', 'name=file: the value is in that file');

  verb<FieldOptions>(
    'change',
    'Give new credentials of the same account of the CRM',
    'crm change --field accessToken',
    async ({ api, terminal, options }) => {
      const credentials = await credentialsOf(terminal, options);
      const konvert = await api();
      return connected(konvert, await dataOf(konvert.PATCH('/v1/crm', { body: { credentials } })));
    },
  )
    .option('--field <name...>', 'name=value; a name alone is asked for, and is not shown (or KONVERT_CRM_<NAME>)')
    .option('--field-file <name...>', 'name=file: the value is in that file');

  verb('show', 'The connected CRM, and whether it works', 'crm show', async ({ api }) => shown(await api()));

  verb('refresh', 'Load users and pipelines from the CRM now', 'crm refresh', async ({ api }) => {
    const loaded = await dataOf((await api()).POST('/v1/crm/refresh'));
    if ('refreshing' in loaded) {
      return {
        json: loaded,
        text: 'The CRM takes long, so loading goes on by itself: crm show tells when it is done.',
      };
    }
    const { users, pipelines, problems } = loaded;
    const text = fieldsOf([
      ['users', `${users.added} added, ${users.changed} changed, ${users.gone} gone`],
      ['pipelines', `${pipelines}`],
    ]);
    return { json: loaded, text, notes: problems.map((problem) => problem.text) };
  });

  for (const [name, enabled, says] of [
    ['enable', true, 'Switch the connection on'],
    ['disable', false, 'Switch the connection off: nothing goes to the CRM, and what waits stays'],
  ] as const) {
    verb(name, says, `crm ${name}`, async ({ api }) => {
      const konvert = await api();
      await dataOf(konvert.PATCH('/v1/crm', { body: { enabled } }));
      return shown(konvert);
    });
  }

  verb<{ yes?: boolean }>(
    'disconnect',
    'End the connection; users, contacts and deals stay as they are',
    'crm disconnect',
    async (run) => {
      const konvert = await run.api();
      const { crm, portal } = await dataOf(konvert.GET('/v1/crm'));
      await agreed(run, `${portal?.name ?? crm} will be disconnected. Contacts and deals stay. Go on?`);
      const gone = await dataOf(konvert.DELETE('/v1/crm'));
      return { json: gone, text: `${portal?.name ?? crm} is disconnected.` };
    },
  ).addOption(yesOption());
}

function isName(word: string): word is CrmName {
  return (NAMES as readonly string[]).includes(word);
}

async function credentialsOf(
  terminal: Terminal,
  { field = [], fieldFile = [] }: FieldOptions,
): Promise<Record<string, string>> {
  const credentials: Record<string, string> = {};
  if (field.length + fieldFile.length === 0) {
    throw new WrongWordsError('With what? Say --field or --field-file; the page of the CRM in docs/crms names them');
  }
  for (const word of field) {
    const [name = '', ...value] = word.split('=');
    credentials[name] = value.length > 0 ? value.join('=') : await secret(terminal, name, undefined);
  }
  for (const word of fieldFile) {
    const [name = '', ...file] = word.split('=');
    if (file.length === 0) throw new WrongWordsError(`Which file? Say --field-file ${name}=<file>`);
    credentials[name] = await secret(terminal, name, file.join('='));
  }
  return credentials;
}

function secret(terminal: Terminal, name: string, file: string | undefined): Promise<string> {
  const variable = `KONVERT_CRM_${name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}`;
  return readSecret(terminal, { file, option: '--field-file', variable, question: name });
}

/** What was connected, and what a person has to do now. */
async function connected(konvert: KonvertClient, made: Connected): Promise<Told> {
  const { json, text, notes = [] } = await shown(konvert);
  const consent = made.authorizeUrl;
  const open = consent === undefined ? [] : ['Open this in a browser within 10 minutes, as an administrator:', consent];
  return { json: { ...(json as object), ...(consent && { authorizeUrl: consent }) }, text, notes: [...open, ...notes] };
}

async function shown(konvert: KonvertClient): Promise<Told> {
  const now = await dataOf(konvert.GET('/v1/crm'));
  const { crm, portal, state, connectedAs, lastNewsAt, lastProofAt, hooksUrl, problems, todo } = now;
  const more = now.atLeast ? ' or more' : '';
  const text = fieldsOf([
    ['CRM', portal ? `${crm}: ${portal.name}, ${portal.host}` : crm],
    ['state', STATES[state]],
    ...(connectedAs === null ? [] : [['as', connectedAs] as const]),
    ['waiting', `${now.waiting}${more}`],
    ['failed', `${now.failed}${more}`],
    ...(now.refreshing ? [['loading', 'users and pipelines, by itself'] as const] : []),
    ['last news', lastNewsAt === null ? 'none yet' : timeOf(lastNewsAt)],
    ['last proof', lastProofAt === null ? 'none yet' : timeOf(lastProofAt)],
    ['hooks', hooksUrl],
  ]);
  const toDo = todo.map(({ code, values }) => {
    const copied = Object.entries(values ?? {}).map(([name, value]) => `${name} ${value}`);
    return `To do in the CRM: ${[code, ...copied].join(', ')}`;
  });
  const held = now.held ? [heldWords(now.held)] : [];
  const stand = problems.map(({ code, about, text: words }) => `${code}${about ? ` (${about})` : ''}: ${words}`);
  return { json: now, text, notes: [...noAccessWords(now), ...held, ...stand, ...toDo] };
}

/** Since when the CRM lets Konvert in no more, how many clients wait for that, and what ends it. */
function noAccessWords({ crm, noAccess, clientsWaiting: count, atLeast }: Connection): string[] {
  if (!noAccess) return [];
  const since = `${CALLED[crm]} no longer lets Konvert in since ${timeOf(noAccess.since)} (${noAccess.because}).`;
  const clients = count === 1 && !atLeast ? '1 client waits' : `${count}${atLeast ? ' or more' : ''} clients wait`;
  const waits = count === 0 ? 'Nothing is lost.' : `${clients} to be created, none is lost.`;
  return [`${since} ${waits} Connect again: crm change --field, or crm connect ${crm} where a person consents.`];
}

function heldWords({ until, code, description }: NonNullable<Connection['held']>): string {
  return `Nothing leaves for it before ${timeOf(until)}, because of ${code}: ${description}`;
}
