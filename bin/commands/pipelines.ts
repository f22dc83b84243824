import { readFile } from 'node:fs/promises';
import { type components, dataOf } from '../../clients/typescript/index.ts';
import { StepError } from '../terminal/errors.ts';
import { type Column, onOneLine, tableOf } from '../terminal/table.ts';
import { agreed, type Noun, yesOption } from '../terminal/verb.ts';
import { type Pipeline, pipelinesOf } from './find.ts';

const COLUMNS: readonly Column[] = [
  { head: 'PIPELINE', shrinks: true },
  { head: 'ID' },
  { head: 'STAGE', shrinks: true },
  { head: 'ID' },
];

/** The commands of pipelines. */
export function addPipelines({ verb }: Noun): void {
  verb('list', 'The pipelines with their stages', 'pipelines list', async ({ api, terminal }) => {
    const pipelines = await pipelinesOf(await api());
    if (pipelines.length === 0) return { json: [], text: 'There is none yet. Next: pipelines set <file>' };
    return { json: pipelines, text: tableOf(COLUMNS, pipelines.flatMap(rowsOf), terminal.width) };
  });

  verb<{ yes?: boolean }>(
    'set <file>',
    'Replace all pipelines by those of a file (- is the standard input), as pipelines list --json prints them',
    'pipelines set pipelines.json',
    async (run, file = '') => {
      const wanted = await readPipelines(file, run.terminal.input);
      const konvert = await run.api();
      const gone = (await pipelinesOf(konvert)).filter(({ id }) => !wanted.some((one) => `${one.id}` === id));
      const names = gone.map(({ name }) => onOneLine(name)).join(', ');
      if (gone.length > 0) await agreed(run, `These will be gone: ${names}. Go on?`);
      const body = wanted as components['schemas']['NewPipeline'][];
      const pipelines = await dataOf(konvert.PUT('/v1/pipelines', { body }));
      return { json: pipelines, text: tableOf(COLUMNS, pipelines.flatMap(rowsOf), run.terminal.width) };
    },
  ).addOption(yesOption());
}

/** What the file says. Konvert itself looks at every field. */
async function readPipelines(file: string, input: () => Promise<string>): Promise<{ readonly id?: unknown }[]> {
  const text = await (file === '-' ? input() : readFile(file, 'utf8')).catch((error: NodeJS.ErrnoException) => {
    throw new StepError(`${file} cannot be read (${error.code})`);
  });
  try {
    const read: unknown = JSON.parse(text);
    if (Array.isArray(read) && read.every((one) => typeof one === 'object' && one !== null)) return read;
  } catch {
    // Said below.
  }
  throw new StepError(
    `${file} has to hold pipelines in JSON: [{"id": "1", "name": "Sales", "stages": [{"id": "10", "name": "New"}]}]`,
  );
}

function rowsOf({ id, name, stages = [] }: Pipeline): string[][] {
  const [first, ...others] = stages;
  return [[name, id, first?.name ?? '-', first?.id ?? ''], ...others.map((stage) => ['', '', stage.name, stage.id])];
}
