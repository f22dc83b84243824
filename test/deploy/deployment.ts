import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './command.ts';
import type { Engine } from './engine.ts';

/** The bucket of CDK's assets. */
export const ASSETS = 'cdk-hnb659fds-assets-000000000000-us-east-1';
const FLAGS = [
  '-c',
  'stage=dev',
  '-c',
  'privateAddresses=allow',
  '-c',
  'plainHttp=allow',
  '-c',
  'alarmEmail=team@shop.example',
];

/** A deployed Konvert. */
export interface Deployment {
  readonly outputs: Readonly<Record<string, string>>;
  /** The address of its API on this machine. */
  readonly url: string;
  /** What `cdk deploy` printed. */
  readonly printed: string;
}

/** Makes the engine ready for `cdk deploy`. */
export async function bootstrap({ env, call }: Engine): Promise<void> {
  await run('cdk', ['bootstrap', 'aws://000000000000/us-east-1'], { env });
  // This policy refuses plain HTTP, and the engine enforces it.
  await call('s3', 'delete_bucket_policy', { Bucket: ASSETS });
}

/** Deploys as a user does. */
export async function deploy({ env, endpoint }: Engine, gateway: 'http' | 'rest'): Promise<Deployment> {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-cdk-'));
  const file = join(folder, 'outputs.json');
  try {
    const context = gateway === 'http' ? FLAGS : [...FLAGS, '-c', 'gateway=rest'];
    const words = ['deploy', '--all', '--require-approval', 'never', '--outputs-file', file];
    const printed = await run('cdk', [...words, '--output', join(folder, 'cdk.out'), ...context], { env });
    const outputs = JSON.parse(await readFile(file, 'utf8'))['konvert-dev'] as Record<string, string>;
    const stage = gateway === 'http' ? '$default' : 'dev';
    return { outputs, url: `${endpoint}/_aws/execute-api/${outputs.ApiId}/${stage}`, printed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes an operator key with the command of the README. */
export async function makeOperatorKey({ env }: Engine, { outputs }: Deployment): Promise<string> {
  const words = ['run', '--silent', 'konvert', '--', 'operator-key', '--table', outputs.SettingsTableName ?? ''];
  const printed = await run('npm', words, { env });
  return printed.trim().split('\n').at(-1) ?? '';
}
