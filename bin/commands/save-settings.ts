import { type components, dataOf, type KonvertClient } from '../../clients/typescript/index.ts';
import { StepError } from '../terminal/errors.ts';
import { onOneLine } from '../terminal/table.ts';
import { type Run, saidYes, type Told } from '../terminal/verb.ts';
import { type Channel, usersOf } from './find.ts';

type Chosen = components['schemas']['NewChannelSettings'];
type Listed = components['schemas']['ListedSettings'];
type Preview = components['schemas']['SettingsPreview'];

/** The options of commands that save settings of a channel. */
export interface SaveOptions {
  readonly preview?: boolean;
  readonly yes?: boolean;
}

/** The settings of a channel as they are. Throws a `StepError` if the channel was deleted meanwhile. */
export async function settingsOf(konvert: KonvertClient, { channelId, name }: Channel): Promise<Listed> {
  const { channels } = await dataOf(konvert.GET('/v1/settings'));
  const settings = channels[channelId];
  if (!settings) throw new StepError(`${onOneLine(name)} was deleted a moment ago`);
  return settings;
}

/**
 * Saves the settings of a channel, changed from what they are now; what somebody else saved in between is not
 * overwritten. With `--preview` it tells first what that changes, and asks; with nobody to ask it saves nothing.
 */
export async function saveSettings(
  run: Run<SaveOptions>,
  konvert: KonvertClient,
  channel: Channel,
  change: (now: Listed) => Chosen,
  done: string,
): Promise<Told> {
  const { options, terminal } = run;
  const params = { path: { channelId: channel.channelId } };
  const now = await settingsOf(konvert, channel);
  const body = { ...change(now), version: now.version };
  if (!options.preview) {
    const saved = await dataOf(konvert.PUT('/v1/settings/channels/{channelId}', { params, body }));
    return { json: saved, text: done, notes: warningNotes(saved) };
  }
  const preview = await dataOf(konvert.POST('/v1/settings/channels/{channelId}/preview', { params, body }));
  const words = await wordsOf(konvert, preview);
  const isAgreed = options.yes || (terminal.isSomebodyThere && (await asked(run, words)));
  if (!isAgreed) {
    const notes = ['Nothing was saved. To save it, say it without --preview, or with --yes.'];
    return { json: { saved: false, preview }, text: words, notes };
  }
  const settings = await dataOf(konvert.PUT('/v1/settings/channels/{channelId}', { params, body }));
  return { json: { saved: true, preview, settings }, text: `${words}\n${done}` };
}

const WARNINGS = {
  TOLD_BEFORE_RETURN: 'The heads are told before the client goes to the next user. Is that meant?',
  LONGER_THAN_OPEN:
    'The channel is sometimes open for less than it takes until a client goes to the next user. Is that meant?',
} as const;

/** What of the settings is hardly meant so. */
function warningNotes({ warnings = [] }: { readonly warnings?: Preview['warnings'] | undefined }): string[] {
  return warnings.map((warning) => WARNINGS[warning]);
}

async function asked({ terminal }: Run<SaveOptions>, words: string): Promise<boolean> {
  terminal.note(words);
  return saidYes(terminal, 'Save it?');
}

async function wordsOf(konvert: KonvertClient, { givenOut, losesSight, atLeast, warnings }: Preview): Promise<string> {
  const users = losesSight.length > 0 ? await usersOf(konvert) : [];
  const countOf = (count: number, one: string, several: string) =>
    `${atLeast ? 'at least ' : ''}${count} ${count === 1 ? one : several}`;
  const given =
    givenOut > 0 ? [`Given out at once: ${countOf(givenOut, 'client who waits', 'clients who wait')}.`] : [];
  const lost = losesSight.map(({ userId, chats }) => {
    const name = users.find(({ id }) => id === userId)?.name ?? userId;
    return `${onOneLine(name)} loses sight of ${countOf(chats, 'chat', 'chats')}.`;
  });
  const all = [...given, ...lost];
  const changes = all.length === 0 ? ['Nobody loses sight of a chat, and no client is given out at once.'] : all;
  return [...changes, ...warningNotes({ warnings })].join('\n');
}
