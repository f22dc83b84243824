import { InvalidArgumentError, Option } from 'commander';
import { DEFAULT_WAITING, LEAST_MINUTES, MOST_LAPSES, MOST_MINUTES, MOST_RETURNS } from '#domain/waiting-setting';
import type { components } from '../../clients/typescript/index.ts';
import { onOneLine } from '../terminal/table.ts';
import { type Noun, yesOption } from '../terminal/verb.ts';
import { channelCalled, channelsOf } from './find.ts';
import { type SaveOptions, saveSettings, settingsOf } from './save-settings.ts';

type Waiting = components['schemas']['Waiting'];
type Minutes = number | typeof NEVER;

interface WaitingOptions extends SaveOptions {
  readonly off?: boolean;
  readonly returnAfter?: Minutes;
  readonly returnsAtMost?: number;
  readonly then?: Waiting['then'];
  readonly tellHeadsAfter?: Minutes;
  readonly awayAfter?: number;
  readonly outsideHours?: Waiting['outsideHours'];
}

const NEVER = 'never';
const NOTHING: Waiting = { ...DEFAULT_WAITING, returnAfterMinutes: null, tellHeadsAfterMinutes: null };

/** The command of what is done about clients who wait. */
export function addWaitingSettings({ verb }: Pick<Noun, 'verb'>): void {
  verb<WaitingOptions>(
    'waiting <channel>',
    'What is done about clients who wait: show it, or change some of it',
    'settings waiting "Our bot" --return-after 15 --tell-heads-after 30',
    async (run, given = '') => {
      const konvert = await run.api();
      const channel = channelCalled(given, await channelsOf(konvert));
      const chosen = choicesOf(run.options);
      if (!run.options.off && Object.keys(chosen).length === 0) {
        const { waiting } = await settingsOf(konvert, channel);
        return { json: waiting ?? null, text: sentenceOf(waiting) };
      }
      const done = `What is done about clients who wait in ${onOneLine(channel.name)} is set.`;
      return saveSettings(
        run,
        konvert,
        channel,
        ({ newClients, userRoles, waiting = NOTHING }) => ({
          newClients,
          userRoles,
          waiting: run.options.off ? null : { ...waiting, ...chosen },
        }),
        done,
      );
    },
  )
    .addOption(minutesOption('--return-after', 'then a client whom nobody answers goes to the next user'))
    .addOption(countOption('--returns-at-most <times>', 'so often in one wait', 1, MOST_RETURNS))
    .addOption(new Option('--then <what>', 'after the last user').choices(['pool', 'keep']))
    .addOption(minutesOption('--tell-heads-after', 'then the heads are told'))
    .addOption(countOption('--away-after <returns>', 'so many in a row set a user away; 0: none do', 0, MOST_LAPSES))
    .addOption(new Option('--outside-hours <what>', 'new clients while it is closed').choices(['give', 'hold']))
    .addOption(
      new Option('--off', 'nothing is done about clients who wait').conflicts(['returnAfter', 'tellHeadsAfter']),
    )
    .option('--preview', 'tell what that changes before it is saved')
    .addOption(yesOption());
}

function choicesOf(options: WaitingOptions): Partial<Waiting> {
  const { returnAfter, returnsAtMost, then, tellHeadsAfter, awayAfter, outsideHours } = options;
  return {
    ...(returnAfter !== undefined && { returnAfterMinutes: minutesOf(returnAfter) }),
    ...(returnsAtMost !== undefined && { returnsAtMost }),
    ...(then && { then }),
    ...(tellHeadsAfter !== undefined && { tellHeadsAfterMinutes: minutesOf(tellHeadsAfter) }),
    ...(awayAfter !== undefined && { awayAfterReturns: awayAfter }),
    ...(outsideHours && { outsideHours }),
  };
}

/** What is done, in one sentence. */
function sentenceOf(waiting: Waiting | undefined): string {
  if (!waiting) return 'Nothing is done about clients who wait.';
  const { returnAfterMinutes: after, returnsAtMost, then, tellHeadsAfterMinutes: told, awayAfterReturns } = waiting;
  const last = then === 'pool' ? 'then to all who receive new clients' : 'then they stay';
  return [
    after === null ? 'Nobody is returned' : `After ${after} min to the next, at most ${returnsAtMost} times, ${last}`,
    told === null ? 'heads are not told' : `heads are told after ${told} min`,
    awayAfterReturns === 0 ? 'nobody is set away' : `${awayAfterReturns} returns in a row set a user away`,
    waiting.outsideHours === 'hold' ? 'new clients wait while it is closed.' : 'new clients are given out at any hour.',
  ].join('; ');
}

function minutesOption(flag: string, says: string): Option {
  const parse = (given: string): Minutes => (given === NEVER ? NEVER : wholeOf(given, LEAST_MINUTES, MOST_MINUTES));
  return new Option(`${flag} <minutes>`, `${says}; or ${NEVER}`).argParser(parse);
}

function minutesOf(minutes: Minutes): number | null {
  return minutes === NEVER ? null : minutes;
}

function countOption(flag: string, says: string, least: number, most: number): Option {
  return new Option(flag, says).argParser((given) => wholeOf(given, least, most));
}

function wholeOf(given: string, least: number, most: number): number {
  const number = Number(given);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
}
