import { deepEqual, equal } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KMSClient } from '@aws-sdk/client-kms';
import { Template } from 'aws-cdk-lib/assertions';
import { createKmsCipher } from '#aws/kms-cipher';
import { createKonvertApp } from '#lib/konvert-app';
import { storedName, type Table, tables } from '#lib/tables';
import { createKeyCipher } from '#local/key-cipher';
import { channelOfPartition } from '#store/accounts/keys';
import { type Answer, askAgain, comparable } from '#test/upgrade/answers';
import type { Company } from '#test/upgrade/make/company';
import { startEngine as startDatabase } from '#test/upgrade/make/engine';
import { repository } from './command.ts';
import { ASSETS } from './deployment.ts';
import type { Engine } from './engine.ts';
import { physicalOf, resourcesOf } from './resources.ts';
import type { Asked } from './spine.ts';

const PREVIOUS = join(repository, 'test/upgrade/v0.1.0');
const STACK = 'konvert-dev';
/** What holds data, what others have an address of, and the key of the tokens. */
const KEPT = ['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::ApiGatewayV2::Api'];
/** In place of the previous functions, whose code is not in this repository: none of them ran when the update began. */
const STUB = { ZipFile: 'exports.handler = async () => ({ statusCode: 503, body: "" });' };

type Item = Readonly<Record<string, { readonly S?: string }>>;
/** The physical ids of what an update has to keep, by logical ids. */
export type Kept = Readonly<Record<string, string>>;

/** Makes the stack of the previous release, and puts its data there. Resolves to what an update has to keep. */
export async function deployPrevious(engine: Engine): Promise<Kept> {
  const template = JSON.parse(await readFile(join(PREVIOUS, 'template-http.json'), 'utf8'));
  for (const { Type, Properties } of Object.values<{ Type: string; Properties: { Code?: object } }>(template.Resources))
    if (Type === 'AWS::Lambda::Function') Properties.Code = STUB;
  const Body = ofStageDev(JSON.stringify(template));
  // Only a template in a bucket may have more than 51,200 bytes.
  await engine.call('s3', 'put_object', { Bucket: ASSETS, Key: 'previous.json', Body });
  await engine.call('cloudformation', 'create_stack', {
    StackName: STACK,
    TemplateURL: `${engine.endpoint}/${ASSETS}/previous.json`,
    Capabilities: ['CAPABILITY_IAM'],
  });
  const { Stacks } = await engine.call('cloudformation', 'describe_stacks', { StackName: STACK });
  equal(Stacks[0].StackStatus, 'CREATE_COMPLETE', Stacks[0].StackStatusReason);
  await putData(engine);
  return keptOf(engine);
}

/** A template of the stage prod with the logical ids of the stage dev: CDK derives some from the name of the stack. */
function ofStageDev(template: string): string {
  const [prod, dev] = (['prod', 'dev'] as const).map((stage) => {
    const { stack } = createKonvertApp({ 'aws:cdk:bundling-stacks': [], stage });
    return Object.keys(Template.fromStack(stack).toJSON().Resources);
  }) as [string[], string[]];
  // Both have the same resources in the same order.
  const renamed = prod
    .map((id, index) => [id, dev[index] ?? id] as const)
    .filter(([before, after]) => before !== after);
  return renamed
    .reduce((text, [before, after]) => text.replaceAll(`"${before}"`, `"${after}"`), template)
    .replaceAll('konvertprod', 'konvertdev');
}

/** Tries a stack that was updated from the previous release. */
export async function playUpgrade(engine: Engine, before: Kept, { url, report }: Asked): Promise<void> {
  await report.check('the update has kept the tables, the key and the API', async () => {
    const now = await keptOf(engine);
    deepEqual(Object.fromEntries(Object.keys(before).map((id) => [id, now[id]])), before);
  });
  await report.check('every answer of 0.1.0 is still the same', async () => {
    const accounts: Record<string, Company> = await json('accounts.json');
    const answers: Record<string, Answer[]> = await json('answers.json');
    for (const [company, told] of Object.entries(answers)) {
      const now = await askAgain(url, accounts[company]!.apiKey, told);
      for (const [index, one] of told.entries())
        deepEqual(comparable(now[index]!), comparable(one), `${company}, GET ${one.path} by ${one.as ?? 'the CRM'}`);
    }
  });
}

async function json(name: string) {
  return JSON.parse(await readFile(join(PREVIOUS, name), 'utf8'));
}

async function keptOf(engine: Engine): Promise<Kept> {
  const found = (await resourcesOf(engine)).filter(({ ResourceType }) => KEPT.includes(ResourceType));
  return Object.fromEntries(
    found.map(({ LogicalResourceId, PhysicalResourceId }) => [LogicalResourceId, PhysicalResourceId]),
  );
}

/** Copies what is in the data folder of the previous release into the tables of the stack. */
async function putData(engine: Engine): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-previous-'));
  try {
    await promisify(execFile)('tar', ['-xzf', join(PREVIOUS, 'data-folder.tar.gz'), '--no-same-owner', '-C', folder]);
    const resources = await resourcesOf(engine);
    const reseal = await sealer(engine, physicalOf(resources, 'secretskey'), join(folder, 'cipher.key'));
    const database = await startDatabase(repository, join(folder, 'konvert.db'));
    try {
      for (const stored of previousTables()) {
        const TableName = physicalOf(resources, `tables${stored}`);
        for (const item of await database.items(`konvert-${stored}`))
          await engine.call('dynamodb', 'put_item', { TableName, Item: await reseal(item) });
      }
    } finally {
      await database.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The stored names of the tables that the previous release had in AWS. */
function previousTables(): string[] {
  const names = ['messages', 'chats', 'addresses', 'directory', 'dispensers', 'assignments', 'accounts', 'outbox'];
  return Object.entries<Table>(tables)
    .filter(([name]) => names.includes(name))
    .map(([name]) => storedName(name));
}

/** Seals the tokens of channels by the key of the stack instead of that of the folder. */
async function sealer({ endpoint }: Engine, keyId: string, file: string): Promise<(item: Item) => Promise<Item>> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const here = createKeyCipher((await readFile(file, 'utf8')).trim());
  const there = createKmsCipher(new KMSClient({ endpoint, region: 'us-east-1', credentials }), keyId);
  return async (item) => {
    const sealed = item.sealed?.S;
    const channelId = channelOfPartition(item.p?.S);
    if (sealed === undefined || channelId === undefined) return item;
    return { ...item, sealed: { S: await there.seal(await here.open(sealed, channelId), channelId) } };
  };
}
