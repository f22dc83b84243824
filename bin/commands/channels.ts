import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { type components, dataOf, type KonvertClient } from '../../clients/typescript/index.ts';
import { StepError, WrongWordsError } from '../terminal/errors.ts';
import { type Column, fieldsOf, onLines, tableOf } from '../terminal/table.ts';
import { agreed, type Noun, type Told, yesOption } from '../terminal/verb.ts';
import { type CredentialOptions, telegramCredentials, whatsappCredentials } from './credentials.ts';
import { type Channel, channelCalled, channelsOf } from './find.ts';

type Connected = components['schemas']['ConnectedChannel'];
type NewChannel = components['schemas']['NewChannel'];
type Change = components['schemas']['ChannelChange'];

interface ConnectOptions extends CredentialOptions {
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

const MESSENGERS: Readonly<Record<string, string>> = { telegram: 'Telegram', wapi: 'WhatsApp' };

/** What a state means, and what to do about it. */
const STATES: Readonly<Record<Channel['state'], string>> = {
  active: 'works',
  disabled: 'switched off: channels enable',
  unauthorized: 'its token is refused: channels change --new-secrets',
  blocked: 'the messenger has blocked the account: look there',
  openelsewhere: 'another program gets its messages: channels take-over',
  phoneUnavailable: 'cannot reply now: look at the messenger',
};

const LOOK_EVERY_MS = 1_000;
const LONGEST_WAIT_SECONDS = 300;

/** The commands of channels. */
export function addChannels({ verb, group }: Noun): void {
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
      const { name, newSecrets, tokenFile, accessTokenFile, appSecretFile } = options;
      const isSecret = newSecrets || [tokenFile, accessTokenFile, appSecretFile].some((file) => file !== undefined);
      if (name === undefined && !isSecret) throw new WrongWordsError('What changes? Say --name or --new-secrets');
      const konvert = await api();
      const channel = channelCalled(given, await channelsOf(konvert));
      const ask = channel.transport === 'wapi' ? whatsappCredentials : telegramCredentials;
      const credentials = isSecret ? await ask(terminal, options) : undefined;
      const body = { ...(name !== undefined && { name }), ...(credentials && { credentials }) };
      return connected(konvert, await changed(konvert, channel, body), 'is changed');
    },
  ).option('--name <name>', 'the new name');
  whatsappOptions(telegramOptions(change)).option('--new-secrets', 'ask for new secrets, of the same account');

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
}

function addConnect({ verb }: Noun): void {
  const connect = async (konvert: KonvertClient, body: NewChannel): Promise<Told> =>
    connected(konvert, await dataOf(konvert.POST('/v1/channels', { body })), 'is connected');

  const telegram = verb<ConnectOptions>(
    'telegram',
    'Connect a bot. Its token comes from TELEGRAM_BOT_TOKEN or a file, or is asked for',
    'channels connect telegram --name "Our bot"',
    async ({ api, terminal, options }) => {
      const konvert = await api();
      const credentials = await telegramCredentials(terminal, options);
      const { name = 'Telegram' } = options;
      return connect(konvert, { transport: 'telegram', name, credentials, ...waysOf(options) });
    },
  ).option('--name <name>', 'what the team calls it; Telegram');
  telegramOptions(telegram)
    .option('--take-over', 'take the bot away from the program that gets its messages')
    .option('--by-hand', 'you register the webhook yourself');

  const whatsapp = verb<ConnectOptions>(
    'whatsapp',
    'Connect a number. Its secrets come from WHATSAPP_ACCESS_TOKEN and WHATSAPP_APP_SECRET or files, or are asked for',
    'channels connect whatsapp --name "Our number" --phone-number-id 106540352242922',
    async ({ api, terminal, options }) => {
      const konvert = await api();
      const credentials = await whatsappCredentials(terminal, options);
      const { name = 'WhatsApp' } = options;
      return connect(konvert, { transport: 'wapi', name, credentials, ...waysOf(options) });
    },
  ).option('--name <name>', 'what the team calls it; WhatsApp');
  whatsappOptions(whatsapp)
    .option('--api <address>', 'another address than the messenger’s own: a proxy, a test')
    .option('--by-hand', 'you register the webhook yourself');
}

function telegramOptions(command: Command): Command {
  return command
    .option('--token-file <file>', 'Telegram: the file that holds the token of the bot')
    .option('--api <address>', 'another address than the messenger’s own: a proxy, a test');
}

function whatsappOptions(command: Command): Command {
  return command
    .option('--phone-number-id <id>', 'WhatsApp: the id of the number, from API Setup')
    .option('--waba-id <id>', 'WhatsApp: the id of the business account, for its templates')
    .option('--access-token-file <file>', 'WhatsApp: the file that holds the access token')
    .option('--app-secret-file <file>', 'WhatsApp: the file that holds the app secret');
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
    ['messages come', polling ? 'by asking Telegram: there is no public address' : undefined],
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
  return transport === 'telegram' ? `https://t.me/${plainId}` : `https://wa.me/${plainId}`;
}

/** The newest message of a client in the channel; null if nobody has written yet. */
async function newestIn(konvert: KonvertClient, channelId: string) {
  const params = { path: { channelId } };
  return (await dataOf(konvert.GET('/v1/channels/{channelId}/newest-message', { params }))).newest;
}

function cellsOf({ name, transport, plainId, state, channelId }: Channel): string[] {
  return [name, MESSENGERS[transport] ?? transport, plainId, STATES[state], channelId];
}
