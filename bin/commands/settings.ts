import { InvalidArgumentError, Option } from 'commander';
import { MOST_DAYS } from '#domain/retention-days';
import { type components, dataOf } from '../../clients/typescript/index.ts';
import { WrongWordsError } from '../terminal/errors.ts';
import { namedOne } from '../terminal/names.ts';
import { didYouMean } from '../terminal/similar.ts';
import { type Column, fieldsOf, onOneLine, tableOf } from '../terminal/table.ts';
import { type Noun, yesOption } from '../terminal/verb.ts';
import { channelCalled, channelsOf, namesOf, type Pipeline, pipelinesOf, userCalled, usersOf } from './find.ts';
import { scheduleCalled, schedulesOf } from './find-schedule.ts';
import { addFrameHosts } from './frame-hosts.ts';
import { type SaveOptions, saveSettings, settingsOf } from './save-settings.ts';
import { addWaitingSettings } from './waiting-settings.ts';

type NewClients = components['schemas']['StoredNewClients'];
type UserRole = components['schemas']['UserRole'];
type Options = components['schemas']['Options'];
type Chosen = Pick<components['schemas']['ListedSettings'], 'newClients' | 'userRoles'>;
type Switch = 'on' | 'off';

const COLUMNS: readonly Column[] = [
  { head: 'CHANNEL', shrinks: true },
  { head: 'NEW CLIENTS' },
  { head: 'PIPELINE', shrinks: true },
  { head: 'STAGE', shrinks: true },
  { head: 'PEOPLE' },
  { head: 'HOURS', shrinks: true },
  { head: 'PROBLEMS', shrinks: true },
];
const ROLE_COLUMNS: readonly Column[] = [
  { head: 'NAME', shrinks: true },
  { head: 'ROLE' },
  { head: 'NEW CLIENTS' },
  { head: 'ID' },
];

const MODES: Readonly<Record<NewClients['mode'], string>> = {
  'round-robin': 'to the next in turn',
  'first-reply': 'to the first who replies',
  unsorted: 'to the unsorted of the CRM',
};
const ROLES: Readonly<Record<UserRole['role'], string>> = {
  seller: 'seller: sees their own clients',
  manager: 'manager: sees and writes everything',
  auditor: 'auditor: sees everything, writes nothing',
};

const FOREVER = 'forever';

/** The commands of settings. */
export function addSettings({ verb, group }: Noun): void {
  verb('show', 'The options, and who gets what in each channel', 'settings show', async ({ api, terminal }) => {
    const konvert = await api();
    const settings = await dataOf(konvert.GET('/v1/settings'));
    const [channels, pipelines] = [await channelsOf(konvert), await pipelinesOf(konvert)];
    const rows = channels.flatMap(({ channelId, name }) => {
      const chosen = settings.channels[channelId];
      if (!chosen) return [[name, MODES['first-reply'], '-', '-', '0', '-', '']];
      const { newClients, userRoles, schedule = '-', problems } = chosen;
      const [pipeline, stage] = placeOf(newClients, pipelines);
      return [
        [
          name,
          MODES[newClients.mode],
          pipeline,
          stage,
          `${userRoles.length}`,
          schedule,
          problems?.fields.join(', ') ?? '',
        ],
      ];
    });
    const table = rows.length === 0 ? 'No messenger is connected.' : tableOf(COLUMNS, rows, terminal.width);
    return { json: settings, text: `${optionWords(settings)}\n\n${table}` };
  });

  verb<{ notifyHeads?: Switch; saveToTimeline?: Switch; retentionDays?: number | typeof FOREVER; zone?: string }>(
    'options',
    'The options for all channels: show them, or change some',
    'settings options --notify-heads on',
    async ({ api, options: { notifyHeads, saveToTimeline, retentionDays, zone } }) => {
      const konvert = await api();
      const body = {
        ...(notifyHeads && { notifyHeadsAboutAllMessages: notifyHeads === 'on' }),
        ...(saveToTimeline && { saveMessagesToTimeline: saveToTimeline === 'on' }),
        ...(retentionDays && { retentionDays: retentionDays === FOREVER ? null : retentionDays }),
        ...(zone !== undefined && { zone }),
      };
      const isShown = Object.keys(body).length === 0;
      const now = isShown
        ? await dataOf(konvert.GET('/v1/settings'))
        : await dataOf(konvert.PATCH('/v1/settings', { body }));
      return { json: optionsOnly(now), text: optionWords(now) };
    },
  )
    .addOption(new Option('--notify-heads <switch>', 'heads are told of all messages').choices(['on', 'off']))
    .addOption(
      new Option('--save-to-timeline <switch>', 'messages go to the timeline of the CRM').choices(['on', 'off']),
    )
    .addOption(
      new Option('--retention-days <days>', 'what is older is erased, but nothing that waits; or forever').argParser(
        days,
      ),
    )
    .option('--zone <zone>', 'the zone of the account’s days, like Europe/Moscow');

  addFrameHosts(group('frame-hosts', 'The sites that may show the page in a frame', 'settings frame-hosts list'));

  verb<SaveOptions & { mode?: NewClients['mode']; pipeline?: string; stage?: string }>(
    'new-clients <channel>',
    'Who gets new clients, and where their deal begins',
    'settings new-clients "Our bot" --mode round-robin --pipeline Sales --stage New --preview',
    async (run, given = '') => {
      const { mode, pipeline, stage } = run.options;
      if (mode === undefined && pipeline === undefined && stage === undefined) {
        throw new WrongWordsError('What changes? Say --mode, --pipeline or --stage');
      }
      const konvert = await run.api();
      const channel = channelCalled(given, await channelsOf(konvert));
      const pipelines = await pipelinesOf(konvert);
      const done = `${onOneLine(channel.name)} is set up.`;
      return saveSettings(
        run,
        konvert,
        channel,
        ({ newClients, userRoles }) => ({ newClients: chosenBy(newClients, pipelines, run.options), userRoles }),
        done,
      );
    },
  )
    .addOption(new Option('--mode <mode>', 'who gets them').choices(Object.keys(MODES)))
    .option('--pipeline <pipeline>', 'the pipeline of their deal, by its name or id')
    .option('--stage <stage>', 'its stage there, by its name or id')
    .option('--preview', 'tell what that changes before it is saved')
    .addOption(yesOption());

  verb<SaveOptions & { alwaysOpen?: boolean }>(
    'schedule <channel> [schedule]',
    'Give a channel hours: outside them no client is moved, and nobody is told',
    'settings schedule "Our bot" office',
    async (run, given = '', name?: string) => {
      if ((name === undefined) !== (run.options.alwaysOpen === true)) {
        throw new WrongWordsError('Say a schedule, or --always-open');
      }
      const konvert = await run.api();
      const channel = channelCalled(given, await channelsOf(konvert));
      const schedule = name === undefined ? null : scheduleCalled(name, await schedulesOf(konvert)).name;
      const done = `${onOneLine(channel.name)} ${schedule === null ? 'is always open' : `has the hours of ${schedule}`}.`;
      const change = ({ newClients, userRoles }: Chosen) => ({ newClients, userRoles, schedule });
      return saveSettings(run, konvert, channel, change, done);
    },
  )
    .option('--always-open', 'it has no hours any more')
    .option('--preview', 'tell what that changes before it is saved')
    .addOption(yesOption());

  addWaitingSettings({ verb });
  addRoles(group('roles', 'Who sees and does what in a channel', 'settings roles list "Our bot"'));
}

function addRoles({ verb }: Noun): void {
  verb(
    'list <channel>',
    'Everybody with their role there',
    'settings roles list "Our bot"',
    async ({ api, terminal }, given = '') => {
      const konvert = await api();
      const channel = channelCalled(given, await channelsOf(konvert));
      const { userRoles } = await settingsOf(konvert, channel);
      if (userRoles.length === 0) return { json: [], text: 'Nobody has a role there. Next: settings roles set' };
      const names = namesOf(await usersOf(konvert), []);
      const rows = userRoles.map(({ userId, role, allowGetNewClients }) => [
        names.user(userId),
        ROLES[role],
        allowGetNewClients ? 'gets them' : '-',
        userId,
      ]);
      return { json: userRoles, text: tableOf(ROLE_COLUMNS, rows, terminal.width) };
    },
  );

  verb<SaveOptions & { newClients?: Switch }>(
    'set <channel> <user> <role>',
    'Give somebody a role: seller, manager or auditor',
    'settings roles set "Our bot" Anna seller --new-clients on',
    async (run, given = '', who = '', role = '') => {
      const { newClients } = run.options;
      if (!isRole(role)) {
        const known = Object.keys(ROLES);
        throw new WrongWordsError(
          `There is no role ${role}, but ${known.join(', ')}. ${didYouMean(role, known)}`.trim(),
        );
      }
      const konvert = await run.api();
      const channel = channelCalled(given, await channelsOf(konvert));
      const user = userCalled(who, await usersOf(konvert));
      const done = `${onOneLine(user.name)} is ${role} in ${onOneLine(channel.name)}.`;
      return saveSettings(
        run,
        konvert,
        channel,
        (now) => ({ newClients: now.newClients, userRoles: rolesWith(now.userRoles, user.id, role, newClients) }),
        done,
      );
    },
  )
    .addOption(new Option('--new-clients <switch>', 'whether they get new clients').choices(['on', 'off']))
    .option('--preview', 'tell what that changes before it is saved')
    .addOption(yesOption());

  verb<SaveOptions>(
    'remove <channel> <user>',
    'Take a role away: they see no chat there any more',
    'settings roles remove "Our bot" Anna --preview',
    async (run, given = '', who = '') => {
      const konvert = await run.api();
      const channel = channelCalled(given, await channelsOf(konvert));
      const { id, name } = userCalled(who, await usersOf(konvert));
      const done = `${onOneLine(name)} has no role in ${onOneLine(channel.name)}.`;
      return saveSettings(
        run,
        konvert,
        channel,
        ({ newClients, userRoles }) => {
          const left = userRoles.filter(({ userId }) => userId !== id);
          if (left.length === userRoles.length) throw new WrongWordsError(`${name} has no role in ${channel.name}`);
          return { newClients, userRoles: left };
        },
        done,
      );
    },
  )
    .option('--preview', 'tell what that changes before it is saved')
    .addOption(yesOption());
}

function isRole(word: string): word is UserRole['role'] {
  return Object.hasOwn(ROLES, word);
}

/** Who gets new clients keeps it, unless it is said otherwise; an auditor gets none. */
function rolesWith(now: readonly UserRole[], userId: string, role: UserRole['role'], chosen: Switch | undefined) {
  const former = now.find((one) => one.userId === userId);
  const kept = role !== 'auditor' && (former?.allowGetNewClients ?? false);
  const next = { userId, role, allowGetNewClients: chosen === undefined ? kept : chosen === 'on' };
  return former ? now.map((one) => (one === former ? next : one)) : [...now, next];
}

/** What is chosen anew, and what stays. A stage of another pipeline does not stay. */
function chosenBy(
  now: NewClients,
  pipelines: readonly Pipeline[],
  { mode = now.mode, pipeline, stage }: { mode?: NewClients['mode']; pipeline?: string; stage?: string },
): NewClients {
  const place = pipeline === undefined ? undefined : namedOne('pipeline', pipeline, pipelines, nameOf);
  const pipelineId = place?.id ?? now.pipelineId;
  const stages = pipelines.find(({ id }) => id === pipelineId)?.stages ?? [];
  const kept = pipelineId === now.pipelineId ? now.stageId : undefined;
  const stageId = stage === undefined ? kept : namedOne('stage', stage, stages, nameOf).id;
  return { mode, ...(pipelineId !== undefined && { pipelineId }), ...(stageId !== undefined && { stageId }) };
}

function nameOf({ id, name }: { readonly id: string; readonly name: string }) {
  return { id, names: [name] };
}

function placeOf({ pipelineId, stageId }: NewClients, pipelines: readonly Pipeline[]): [string, string] {
  const pipeline = pipelines.find(({ id }) => id === pipelineId);
  const stage = pipeline?.stages?.find(({ id }) => id === stageId);
  return [pipeline?.name ?? pipelineId ?? '-', stage?.name ?? stageId ?? '-'];
}

/** What `--retention-days` takes. */
function days(word: string): number | typeof FOREVER {
  if (word === FOREVER) return FOREVER;
  const number = Number(word);
  if (/^\d{1,5}$/.test(word) && number >= 1 && number <= MOST_DAYS) return number;
  throw new InvalidArgumentError(`It has to be a number from 1 to ${MOST_DAYS}, or forever.`);
}

function optionsOnly({
  notifyHeadsAboutAllMessages,
  saveMessagesToTimeline,
  retentionDays,
  zone,
  frameAncestors,
}: Options) {
  return { notifyHeadsAboutAllMessages, saveMessagesToTimeline, retentionDays, zone, frameAncestors };
}

function optionWords(options: Options): string {
  const { notifyHeadsAboutAllMessages, saveMessagesToTimeline, retentionDays, zone, frameAncestors } = options;
  return fieldsOf([
    ['heads are told of all messages', notifyHeadsAboutAllMessages ? 'on' : 'off'],
    ['messages go to the timeline', saveMessagesToTimeline ? 'on' : 'off'],
    ['messages are kept', retentionDays === null ? 'for ever' : `${retentionDays} days, and longer what waits`],
    ['zone of days', zone],
    ['sites with the page in a frame', frameAncestors.join(', ') || '-'],
  ]);
}
