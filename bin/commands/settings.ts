import { dataOf } from '../../clients/typescript/index.ts';
import { type Column, fieldsOf, tableOf } from '../terminal/table.ts';
import type { Noun } from '../terminal/verb.ts';
import { channelsOf } from './find.ts';

const COLUMNS: readonly Column[] = [
  { head: 'CHANNEL', shrinks: true },
  { head: 'NEW CLIENTS', shrinks: true },
  { head: 'PIPELINE' },
  { head: 'STAGE' },
  { head: 'PEOPLE' },
];

/** The commands of settings. */
export function addSettings({ verb }: Noun): void {
  verb('show', 'The options, and who gets what in each channel', 'settings show', async ({ api, terminal }) => {
    const konvert = await api();
    const [settings, channels] = await Promise.all([dataOf(konvert.GET('/v1/settings')), channelsOf(konvert)]);
    const rows = channels.map(({ channelId, name }) => {
      const { newClients, userRoles } = settings.channels[channelId] ?? { newClients: { mode: 'first-reply' } };
      return [
        name,
        newClients.mode,
        newClients.pipelineId ?? '-',
        newClients.stageId ?? '-',
        `${userRoles?.length ?? 0}`,
      ];
    });
    const options = fieldsOf([['hosts', settings.frameAncestors.join(', ')]]);
    return { json: settings, text: `${options}\n\n${tableOf(COLUMNS, rows, terminal.width)}` };
  });
}
