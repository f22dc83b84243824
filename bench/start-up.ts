import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { bundleFunction, functionNames } from '#lib/bundle';
import { functions } from '#lib/functions';
import { variablesOf } from '#lib/variable-names';

/** What a function costs before its first call, compared with the named baseline. */
export interface StartUp {
  readonly function: string;
  readonly bytes: number;
  readonly baselineBytes: number;
  readonly cpuMs: number;
  readonly baselineCpuMs: number;
  readonly ratio: number;
}

const ROUNDS = 15;
const root = resolve(import.meta.dirname, '..');

/** Every variable that a function may ask for. No client makes a call before the first event, so any value will do. */
const environment = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  ...Object.fromEntries(
    Object.values(functions)
      .flatMap(variablesOf)
      .map((name) => [name, 'http://none']),
  ),
};

/**
 * The baseline: the stock SDK client, the document client and zod, in use. zod is imported as a namespace, because `{ z
 * }` would bring its languages too, and 360 KB more.
 */
const BASELINE = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const message = z.object({ id: z.string(), time: z.number(), text: z.string().optional(), tags: z.array(z.string()) });
const commands = { get: GetCommand, put: PutCommand, query: QueryCommand, update: UpdateCommand };
export const handler = ({ command, ...input }) => client.send(new commands[command](message.parse(input)));
`;

function bundleBaseline(outfile: string): void {
  buildSync({
    stdin: { contents: BASELINE, resolveDir: root },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
  });
}

/** CPU (user and system, all threads) that a fresh Node needs to import each bundle: medians of interleaved runs. */
export async function measureStartUp(rounds = ROUNDS, names: readonly string[] = functionNames): Promise<StartUp[]> {
  const folder = mkdtempSync(join(tmpdir(), 'konvert-start-up-'));
  try {
    const baseline = join(folder, 'baseline.mjs');
    bundleBaseline(baseline);
    const files = new Map(names.map((name) => [name, join(folder, name, 'index.js')]));
    for (const name of names) bundleFunction(name, join(folder, name));

    const samples = new Map<string, number[]>();
    for (let round = 0; round < rounds; round += 1) {
      for (const file of [baseline, ...files.values()]) {
        samples.set(file, [...(samples.get(file) ?? []), importCpuMs(file)]);
      }
    }

    const baselineBytes = statSync(baseline).size;
    const baselineCpuMs = median(samples.get(baseline) ?? []);
    return [...files].map(([name, file]) => {
      const cpuMs = median(samples.get(file) ?? []);
      const bytes = statSync(file).size;
      return { function: name, bytes, baselineBytes, cpuMs, baselineCpuMs, ratio: cpuMs / baselineCpuMs };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Imports the file as the bootstrap of Lambda does. Node's own start is not counted, because nobody can change it. */
function importCpuMs(file: string): number {
  const code = `
    const before = process.cpuUsage();
    await import(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(before);
    process.stdout.write(String((user + system) / 1000));
    process.exit();`;
  const args = ['--input-type=module', '--eval', code];
  return Number(execFileSync(process.execPath, args, { env: environment, encoding: 'utf8' }));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

if (import.meta.main) {
  const named = process.argv.slice(2);
  const rows = await measureStartUp(ROUNDS, named.length > 0 ? named : functionNames);
  console.log(`baseline: ${rows[0]?.baselineBytes} bytes, ${rows[0]?.baselineCpuMs.toFixed(1)} ms of CPU`);
  console.table(
    rows.map((row) => ({
      function: row.function,
      bytes: row.bytes,
      'bytes ratio': Number((row.bytes / row.baselineBytes).toFixed(2)),
      'CPU ms': Number(row.cpuMs.toFixed(1)),
      'CPU ratio': Number(row.ratio.toFixed(2)),
    })),
  );
}
