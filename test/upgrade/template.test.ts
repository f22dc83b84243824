import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { createKonvertApp } from '#lib/konvert-app';

interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template has no types.
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

interface StackTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

type Keys = readonly { readonly AttributeName: string; readonly KeyType: string }[];
type Indexes = readonly { readonly IndexName: string; readonly KeySchema: Keys; readonly Projection: object }[];

const PREVIOUS = 'v0.1.0';

/** Characters of all policies in a role: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MOST_OF_A_ROLE = 10_240;

const gateways = [
  ['http', { stage: 'prod' }],
  ['rest', { gateway: 'rest' }],
] as const;

describe.each(gateways)('an update of a stack that %s made', (gateway, context) => {
  const { stack } = createKonvertApp({ 'aws:cdk:bundling-stacks': [], ...context });
  const present = Template.fromStack(stack).toJSON() as StackTemplate;
  const previous = JSON.parse(
    readFileSync(new URL(`./${PREVIOUS}/template-${gateway}.json`, import.meta.url), 'utf8'),
  ) as StackTemplate;

  test('has the name of that stack', () => {
    expect(stack.stackName).toBe('konvert-prod');
  });

  test('keeps what holds data, what others have an address of, and every output', () => {
    const now = kept(present);
    const lost = kept(previous).filter((line) => !now.includes(line));

    expect(lost).toEqual([]);
  });

  // An update first puts the new policy beside the old ones, and takes those away when everything else is done.
  test('has room for the old and the new policies of a role, which have different names', () => {
    const old = policiesOf(previous);
    const together = policiesOf(present).map(({ role, name, length }) => {
      const before = old.filter((one) => one.role === role);
      expect(before.map((one) => one.name)).not.toContain(name);
      return [role, before.reduce((sum, one) => sum + one.length, length)] as const;
    });

    expect(old.length).toBeGreaterThan(0);
    expect(together.filter(([, length]) => length > MOST_OF_A_ROLE)).toEqual([]);
  });

  test('adds at most one index to a table', () => {
    // CloudFormation makes or deletes only one global index of a table in an update.
    const refused = tablesOf(previous).filter(([id, before]) => {
      const after = present.Resources[id]?.Properties ?? {};
      return namesOf(after.GlobalSecondaryIndexes).length > namesOf(before.GlobalSecondaryIndexes).length + 1;
    });

    expect(refused.map(([id]) => id)).toEqual([]);
  });
});

test('eight tables, the key, the gateway, its stage and the outputs are what an update has to keep', () => {
  const lines = kept(JSON.parse(readFileSync(new URL(`./${PREVIOUS}/template-http.json`, import.meta.url), 'utf8')));

  expect(lines.filter((line) => line.includes(' is AWS::')).map((line) => line.split('::').slice(1).join(' '))).toEqual(
    [...Array(8).fill('DynamoDB Table'), 'KMS Key', 'ApiGatewayV2 Api', 'ApiGatewayV2 Stage'],
  );
  expect(lines.filter((line) => line.startsWith('output '))).toHaveLength(14);
});

/** A line for everything that an update must not change, with the logical id first. A failure shows the lost lines. */
function kept({ Resources, Outputs }: StackTemplate): string[] {
  return [...Object.entries(Resources).flatMap(linesOf), ...Object.entries(Outputs).map(outputLine)];

  function outputLine([name, { Value }]: [string, { readonly Value: unknown }]): string {
    // The other values may lead to queues, which may be replaced.
    const { Ref } = (Value ?? {}) as { readonly Ref?: string };
    const isTable = Ref !== undefined && Resources[Ref]?.Type === 'AWS::DynamoDB::Table';
    return `output ${name}${isTable ? ` of ${Ref}` : ''}`;
  }
}

function linesOf([id, resource]: [string, Resource]): string[] {
  const lines = [`is ${resource.Type}`, ...(describeBy[resource.Type]?.(resource) ?? [])];
  return resource.Type in describeBy ? lines.map((line) => `${id} ${line}`) : [];
}

/** The types of resources that are kept, and what of them may not change. A new name would replace the resource. */
const describeBy: Readonly<Record<string, (resource: Resource) => string[]>> = {
  'AWS::DynamoDB::Table': (resource) => [`is named ${json(resource.Properties.TableName)}`, ...tableLines(resource)],
  'AWS::KMS::Key': ({ Properties: { KeySpec, KeyUsage, MultiRegion, EnableKeyRotation, Enabled }, ...resource }) => [
    `makes keys ${json({ KeySpec, KeyUsage, MultiRegion, EnableKeyRotation, Enabled })}`,
    ...policyLines(resource),
  ],
  'AWS::ApiGatewayV2::Api': ({ Properties: { ProtocolType } }) => [`speaks ${ProtocolType}`],
  'AWS::ApiGatewayV2::Stage': ({ Properties: { StageName } }) => [`is named ${StageName}`],
  'AWS::ApiGateway::RestApi': ({ Properties: { EndpointConfiguration } }) => [`is at ${json(EndpointConfiguration)}`],
  'AWS::ApiGateway::Stage': ({ Properties: { StageName } }) => [`is named ${StageName}`],
};

function tableLines(resource: Resource): string[] {
  const { Properties } = resource;
  const types = new Map<string, string>(
    Properties.AttributeDefinitions.map((one: Record<string, string>) => [one.AttributeName, one.AttributeType]),
  );
  const keys = (schema: Keys) =>
    schema.map((key) => `${key.KeyType} ${key.AttributeName} ${types.get(key.AttributeName)}`);
  const indexes = (found: Indexes = []) =>
    found.map(({ IndexName, KeySchema, Projection }) => `${IndexName} (${keys(KeySchema)}) ${json(Projection)}`);
  return [
    `has the keys ${keys(Properties.KeySchema)}`,
    ...indexes(Properties.GlobalSecondaryIndexes).map((index) => `has the global index ${index}`),
    // All in one line, because one more local index replaces the table too.
    `has the local indexes [${indexes(Properties.LocalSecondaryIndexes)}]`,
    `streams ${json(Properties.StreamSpecification)}`,
    // A table may begin to forget, and what it forgets by stays.
    ...(Properties.TimeToLiveSpecification ? [`expires ${json(Properties.TimeToLiveSpecification)}`] : []),
    `recovers ${json(Properties.PointInTimeRecoverySpecification)}`,
    ...policyLines(resource),
  ];
}

function policyLines({ DeletionPolicy, UpdateReplacePolicy }: Omit<Resource, 'Properties'>): string[] {
  return [`when deleted: ${DeletionPolicy}`, `when replaced: ${UpdateReplacePolicy}`];
}

interface Policy {
  readonly role: string;
  readonly name: string;
  readonly length: number;
}

/** The policies of roles, those inline and those that are resources. */
function policiesOf({ Resources }: StackTemplate): Policy[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
    const inRole = Type === 'AWS::IAM::Role' ? (Properties.Policies ?? []) : [];
    const policies = Type === 'AWS::IAM::Policy' ? [Properties] : inRole;
    return policies.map(({ PolicyName, PolicyDocument, Roles }: Resource['Properties']) => ({
      role: Roles?.[0].Ref ?? id,
      name: PolicyName,
      length: JSON.stringify(asDeployed(PolicyDocument)).length,
    }));
  });
}

/** The part of a template with names as long as those that AWS gives. */
function asDeployed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(asDeployed);
  if (typeof part !== 'object' || part === null) return part;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': joined } = part as Record<string, never>;
  if (Ref) return `konvert-prod-${Ref}-ABCDEFGHIJKL`;
  if (attribute) return `arn:aws:dynamodb:ap-southeast-2:123456789012:table/konvert-prod-${attribute[0]}-ABCDEFGHIJKL`;
  if (joined) return (asDeployed(joined[1]) as string[]).join('');
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, asDeployed(value)]));
}

function tablesOf({ Resources }: StackTemplate): [string, Resource['Properties']][] {
  const tables = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::DynamoDB::Table');
  return tables.map(([id, { Properties }]) => [id, Properties]);
}

function namesOf(indexes: Indexes = []): string[] {
  return indexes.map(({ IndexName }) => IndexName);
}

function json(value: unknown): string {
  return JSON.stringify(value) ?? 'unset';
}
