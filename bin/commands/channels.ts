import { setTimeout as sleep } from 'node:timers/promises';
import { type components, dataOf, type KonvertClient } from '../../clients/typescript/index.ts';
import { StepError, WrongWordsError } from '../terminal/errors.ts';
import { type Column, fieldsOf, onLines, tableOf } from '../terminal/table.ts';
import { agreed, type Noun, type Told, yesOption } from '../terminal/verb.ts';
import { addChannelQr } from './channel-qr.ts';
import { credentialsOf, flagOf, namesSecrets, type Typed } from './credentials.ts';
import { type Channel, channelCalled, channelsOf } from './find.ts';
import { type Field, MESSENGERS, type Messenger, messengerOf } from './messengers.ts';

type Connected = components['schemas']['ConnectedChannel'];
type NewChannel = components['schemas']['NewChannel'];
type Change = components['schemas']['ChannelChange'];

interface ConnectOptions extends Typed {
  readonly name?: string;
  readonly byHand?: boolean;
  readonly takeOver?: boolean;
}

const COLUMNS: readonly Column[] = [
  { head: 'NAME', shrinks: true },
  { head: 'MESSENGER' },
  { head: 'ACCOUNT', shrinks: true },
  { head: 'STATE', shrinks: true },
  { head: 'ID' },
];

/** What a state means, and what to do about it. */
const STATES: Readonly<Record<Channel['state'], string>> = {
  active: 'works',
  disabled: 'switched off: channels enable',
  unauthorized: 'its token is refused: channels change --new-secrets',
  blocked: 'the messenger has blocked the account: look there',
  openelsewhere: 'another program gets its messages: channels take-over',
  phoneUnavailable: 'cannot reply now: look at the messenger',
  init: 'is being linked to a phone',
  qridle: 'no phone is linked: channels qr',
};

const ADDRESS = ['--api <address>', 'another address than the messenger’s own: a proxy, a test'] as const;

const LOOK_EVERY_MS = 1_000;
const LONGEST_WAIT_SECONDS = 300;

/** The commands of channels. */
export function addChannels(noun: Noun): void {
  const { verb, group } = noun;
  verb('list', 'The connected messengers, and whether they work', 'channels list', async ({ api, terminal }) => {
    const channels = await channelsOf(await api());
    if (channels.length === 0) return { json: [], text: 'No messenger is connected. Next: channels connect telegram' };
    return { json: channels, text: tableOf(COLUMNS, channels.map(cellsOf), terminal.width) };
  });

  addConnect(group('connect', 'Connect a messenger', 'channels connect telegram --name "Our bot"'));

  const change = verb<ConnectOptions & { newSecrets?: boolean }>(
    'change <channel>',
    'Rename a channel, or give it new secrets',
    'channels change "Our bot" --name "Sales"',
    async ({ api, terminal, options }, given = '') => {
      const { name, newSecrets } = options;
      const isSecret = newSecrets || MESSENGERS.some(({ fields }) => namesSecrets(fields, options));
      if (name === undefined && !isSecret) throw new WrongWordsError('What changes? Say --name or --new-secrets');
      const konvert = await api();
      const channel = channelCalled(given, await channelsOf(konvert));
      const credentials = isSecret ? await credentialsOf(knownOf(channel), terminal, options) : undefined;
      const body = { ...(name !== undefined && { name }), ...(credentials && { credentials }) };
      return connected(konvert, await changed(konvert, channel, body), 'is changed');
    },
  ).option('--name <name>', 'the new name');
  for (const [flag, { says, of }] of optionsOfAll()) change.option(flag, `${of.join(', ')}: ${says}`);
  change.option(...ADDRESS).option('--new-secrets', 'ask for new secrets, of the same account');

  verb(
    'webhook-secret <channel>',
    'Register its webhook under a new secret',
    'channels webhook-secret "Our bot"',
    async ({ api }, given = '') => {
      const konvert = await api();
      const { channelId } = channelCalled(given, await channelsOf(konvert));
      const path = '/v1/channels/{channelId}/webhook-secret';
      const made = await dataOf(konvert.POST(path, { params: { path: { channelId } } }));
      return connected(konvert, made, 'has a new secret; the one before counts for some minutes more');
    },
  );

  verb<{ yes?: boolean }>(
    'take-over <channel>',
    'Get its messages here, and no longer in another program',
    'channels take-over "Our bot"',
    async (run, given = '') => {
      const konvert = await run.api();
      const channel = channelCalled(given, await channelsOf(konvert));
      await agreed(run, `The program that gets the messages of ${channel.name} now will get none. Go on?`);
      return connected(konvert, await changed(konvert, channel, { takeOver: true }), 'gives its messages to Konvert');
    },
  ).addOption(yesOption());

  for (const [name, enabled, says, done] of [
    ['enable', true, 'Switch a channel on', 'is switched on'],
    ['disable', false, 'Switch a channel off: it takes no messages and sends none', 'is switched off'],
  ] as const) {
    verb(`${name} <channel>`, says, `channels ${name} "Our bot"`, async ({ api }, given = '') => {
      const konvert = await api();
      const channel = channelCalled(given, await channelsOf(konvert));
      return connected(konvert, await changed(konvert, channel, { enabled }), done);
    });
  }

  verb<{ yes?: boolean }>(
    'delete <channel>',
    'Disconnect a messenger; its chats stay readable',
    'channels delete "Our bot"',
    async (run, given = '') => {
      const konvert = await run.api();
      const { channelId, name } = channelCalled(given, await channelsOf(konvert));
      await agreed(run, `${name} will be disconnected. Its chats stay readable, and nobody can write in them. Go on?`);
      const gone = await dataOf(konvert.DELETE('/v1/channels/{channelId}', { params: { path: { channelId } } }));
      return { json: gone, text: `${name} is disconnected.` };
    },
  ).addOption(yesOption());

  verb<{ seconds?: string }>(
    'wait <channel>',
    'Wait until a client writes there, to see that it works',
    'channels wait "Our bot"',
    async ({ api, terminal, options }, given = '') => {
      const konvert = await api();
      const { channelId, name, transport, plainId } = channelCalled(given, await channelsOf(konvert));
      const seconds = Number(options.seconds ?? LONGEST_WAIT_SECONDS);
      if (!(seconds > 0)) throw new WrongWordsError('--seconds has to be a number from 1');
      // What is there already is looked at first: the client may write at once.
      const before = await newestIn(konvert, channelId);
      terminal.note(`Write something now: ${placeOf(transport, plainId)} (Ctrl-C ends this)`);
      let newest = before;
      for (const deadline = Date.now() + seconds * 1000; newest?.messageId === before?.messageId; ) {
        if (Date.now() >= deadline) throw new StepError(`Nobody wrote to ${name} within ${seconds} seconds`);
        await sleep(LOOK_EVERY_MS);
        newest = await newestIn(konvert, channelId);
      }
      return { json: newest, text: `${onLines(newest?.name ?? '')} has written to ${name}. It works.` };
    },
  ).option('--seconds <number>', `give up after so many; ${LONGEST_WAIT_SECONDS}`);

  addChannelQr(noun);
}

function addConnect({ verb }: Noun): void {
  for (const messenger of MESSENGERS) {
    const { word, transport, called, fields, example, hasNoApiAddress, takesOver } = messenger;
    const command = verb<ConnectOptions>(
      word,
      helpOf(messenger),
      `channels connect ${word} ${example}`,
      async ({ api, terminal, options }) => {
        const konvert = await api();
        const credentials = await credentialsOf(messenger, terminal, options);
        const { name = called } = options;
        const body = { transport, name, credentials, ...waysOf(options) } as NewChannel;
        return connected(konvert, await dataOf(konvert.POST('/v1/channels', { body })), 'is connected');
      },
    ).option('--name <name>', `what the team calls it; ${called}`);
    for (const field of fields) command.option(flagOf(field), field.says);
    if (!hasNoApiAddress) command.option(...ADDRESS);
    if (takesOver) command.option('--take-over', 'take it away from the program that gets its messages');
    command.option('--by-hand', 'you register the webhook yourself');
  }
}

/** `Connect a bot. Its token comes from TELEGRAM_BOT_TOKEN or a file, or is asked for`. */
function helpOf({ account, fields, secretWord = 'token' }: Messenger): string {
  const variables = fields.flatMap(({ secret, isOptional }) => (secret && !isOptional ? [secret.variable] : []));
  const from = variables.join(' and ');
  return variables.length === 1
    ? `Connect ${account}. Its ${secretWord} comes from ${from} or a file, or is asked for`
    : `Connect ${account}. Its secrets come from ${from} or files, or are asked for`;
}

/** The options of all messengers, each once, with those that take it. */
function optionsOfAll(): Map<string, { readonly says: string; readonly of: string[] }> {
  const all = new Map<string, { readonly says: string; readonly of: string[] }>();
  const taken = (field: Field, called: string) => {
    const option = all.get(flagOf(field)) ?? { says: field.says, of: [] };
    option.of.push(called);
    all.set(flagOf(field), option);
  };
  for (const { fields, called } of MESSENGERS) for (const field of fields) taken(field, called);
  return all;
}

/** What a channel is connected with. Throws if a newer Konvert knows its messenger and this command line does not. */
function knownOf({ name, transport }: Channel): Messenger {
  const messenger = messengerOf(transport);
  if (!messenger) throw new StepError(`This command line does not know the messenger of ${name}: ${transport}`);
  return messenger;
}

function waysOf({ byHand, takeOver }: ConnectOptions): { setWebhook?: false; takeOver?: true } {
  return { ...(byHand && { setWebhook: false as const }), ...(takeOver && { takeOver: true as const }) };
}

async function changed(konvert: KonvertClient, { channelId }: Channel, body: Change): Promise<Connected> {
  return dataOf(konvert.PATCH('/v1/channels/{channelId}', { params: { path: { channelId } }, body }));
}

/** What is said of a channel after a change: how messages come in, and what has to be typed in at the messenger. */
async function connected(konvert: KonvertClient, made: Connected, done: string): Promise<Told> {
  const { channelId, name, state, polling, webhookUrl, secretToken, verifyToken, webhookFields } = made;
  const typedIn = secretToken ?? verifyToken;
  const { plainId } = (await channelsOf(konvert)).find((one) => one.channelId === channelId) ?? {};
  const fields: (readonly [string, string | undefined])[] = [
    ['id', channelId],
    ['state', STATES[state]],
    ['clients write to', plainId === undefined ? undefined : placeOf(made.transport, plainId)],
    ['messages come', polling ? 'by asking the messenger: there is no public address' : undefined],
    ['webhook address', webhookUrl],
    ['secret token', secretToken],
    ['verify token', verifyToken],
    ['webhook fields', webhookFields?.join(', ')],
  ];
  const told = fields.flatMap(([field, value]) => (value === undefined ? [] : [[field, value] as const]));
  const byHand =
    typedIn === undefined ? [] : ['Type the address and the token in at the messenger: they are shown this once.'];
  return { json: made, text: `${onLines(name)} ${done}.\n${fieldsOf(told)}`, notes: byHand };
}

function placeOf(transport: string, plainId: string): string {
  return messengerOf(transport)?.placeOf(plainId) ?? plainId;
}

/** The newest message of a client in the channel; null if nobody has written yet. */
async function newestIn(konvert: KonvertClient, channelId: string) {
  const params = { path: { channelId } };
  return (await dataOf(konvert.GET('/v1/channels/{channelId}/newest-message', { params }))).newest;
}

function cellsOf({ name, transport, plainId, state, channelId }: Channel): string[] {
  return [name, messengerOf(transport)?.called ?? transport, plainId, STATES[state], channelId];
}
