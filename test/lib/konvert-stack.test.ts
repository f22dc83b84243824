import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApi } from '#api/description';
import { bundleFunction } from '#lib/bundle';
import type { FunctionDefinition } from '#lib/function-definition';
import { type FunctionName, functions } from '#lib/functions';
import { gatewayPath } from '#lib/konvert-api';
import { createKonvertApp } from '#lib/konvert-app';
import { compatibleFunctions, routes, SLASH_ROUTE } from '#lib/routes';
import { storedName, type Table, tables } from '#lib/tables';
import { functionVariable } from '#lib/variable-names';
import { INSTALLATION, receiverContext } from '#store/accounts/keys';
import { queueListeners, wordsOf } from '#test/queues';

interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template has no types.
  readonly Properties: any;
  readonly DeletionPolicy?: string;
}

type Resources = Record<string, Resource>;

const folders = readdirSync('functions').filter((name) => existsSync(`functions/${name}/index.ts`));
const withoutBundles = { 'aws:cdk:bundling-stacks': [] };
const prod = synth({ stage: 'prod' });
const rest = synth({ gateway: 'rest' });
const functionIds = new Map(folders.map((name) => [name, idOfFunction(prod, name)]));
const tableNames = new Map(
  Object.keys(tables).flatMap((name) => {
    const id = Object.keys(prod).find((one) => one.startsWith(`tables${storedName(name)}`));
    return id === undefined ? [] : [[id, name] as const];
  }),
);

function synth(context: Readonly<Record<string, unknown>>): Resources {
  const { stack } = createKonvertApp({ ...withoutBundles, ...context });
  return Template.fromStack(stack).toJSON().Resources;
}

function ofType(resources: Resources, type: string): [string, Resource][] {
  return Object.entries(resources).filter(([, resource]) => resource.Type === type);
}

function idOfFunction(resources: Resources, name: string): string {
  const ids = ofType(resources, 'AWS::Lambda::Function').map(([id]) => id);
  return ids.find((id) => id.startsWith(name.replaceAll('-', '')) && /^[0-9A-F]{8}$/.test(id.slice(-8))) ?? '';
}

function property(name: string, key: string) {
  return prod[functionIds.get(name) ?? '']?.Properties[key];
}

/** The statements of the role of a function. */
function statementsOf(name: string) {
  const role = property(name, 'Role')['Fn::GetAtt'][0];
  const policies = ofType(prod, 'AWS::IAM::Policy').filter(([, { Properties }]) => Properties.Roles[0].Ref === role);
  return policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
}

/** What the role of a function may do, as `action on resource`. Tables are named as in `lib/tables.ts`. */
function grantsOf(name: string): string[] {
  return statementsOf(name)
    .flatMap(({ Action, Resource }) => [Action].flat().flatMap((a) => list(Resource).map((r) => `${a} on ${r}`)))
    .sort();
}

function list(resource: unknown): string[] {
  return (Array.isArray(resource) ? resource : [resource]).map(placeOf);
}

function placeOf(resource: string | Record<string, unknown>): string {
  if (typeof resource === 'string') return resource;
  if ('Ref' in resource) return String(resource.Ref);
  const [id, attribute] = (resource['Fn::GetAtt'] ?? []) as string[];
  if (id !== undefined) return `${tableNames.get(id) ?? id}${attribute === 'Arn' ? '' : `.${attribute}`}`;
  const [, parts] = resource['Fn::Join'] as [string, (string | Record<string, unknown>)[]];
  return parts.map(placeOf).join('');
}

function tableGrantsOf(name: string): string[] {
  return grantsOf(name).filter((grant) => grant.startsWith('dynamodb:'));
}

describe('functions', () => {
  test('are one Lambda for each folder', () => {
    const made = ofType(prod, 'AWS::Lambda::Function');

    expect(made).toHaveLength(folders.length);
    expect([...functionIds.values()].filter(Boolean)).toHaveLength(folders.length);
    expect(readdirSync('functions').filter((name) => !name.includes('.'))).toEqual(folders);
  });

  test.each(folders)('%s has a log group with a retention, and only names of resources in its environment', (name) => {
    const { LogGroup } = property(name, 'LoggingConfig');
    const variables = Object.values(property(name, 'Environment')?.Variables ?? {});

    expect(prod[LogGroup.Ref]?.Properties.RetentionInDays).toBeGreaterThan(0);
    expect(variables.filter((value) => typeof value !== 'object')).toEqual([]);
    expect(property(name, 'Runtime')).toBe('nodejs24.x');
    expect(property(name, 'Architectures')).toEqual(['arm64']);
  });

  test.each(folders)('%s has a README of four parts that names every table, index and queue it may touch', (name) => {
    const readme = readFileSync(`functions/${name}/README.md`, 'utf8');
    const touches = readme.slice(readme.indexOf('## Touches'), readme.indexOf('## Oddities'));
    const { tables: access, sendsTo = [] }: FunctionDefinition = functions[name as FunctionName];
    const places = Object.keys(access).map((place) => `\`${place.split('/').at(-1)}\``);
    const queues = sendsTo.map(wordsOf);

    expect(readme.match(/^## .*$/gm)).toEqual(['## Purpose', '## Flow', '## Touches', '## Oddities']);
    expect(places.filter((place) => !touches.includes(place))).toEqual([]);
    expect(queues.filter((queue) => !new RegExp(`queue.*${queue}`).test(touches))).toEqual([]);
  });
});

describe('a route of the HTTP API', () => {
  test.each(routes.map((route) => [`${route.method} ${gatewayPath(route.path)}`, route.function]))(
    '%s calls %s',
    (key, name) => {
      const found = ofType(prod, 'AWS::ApiGatewayV2::Route').filter(
        ([, { Properties }]) => Properties.RouteKey === key,
      );
      const [, integrationId] = found[0]?.[1].Properties.Target['Fn::Join'][1] ?? [];
      const integration = prod[integrationId.Ref]?.Properties;

      expect(found).toHaveLength(1);
      expect(integration.IntegrationUri['Fn::GetAtt'][0]).toBe(functionIds.get(name));
      expect(integration.PayloadFormatVersion).toBe('2.0');
    },
  );

  test('is for no browser of another origin (ADR 26)', () => {
    for (const [, { Properties }] of ofType(prod, 'AWS::ApiGatewayV2::Api')) {
      expect(Properties).not.toHaveProperty('CorsConfiguration');
    }
    expect(
      /OPTIONS|access-control-/i.exec(JSON.stringify([prod, rest]).replaceAll('X-Content-Type-Options', '')),
    ).toBeNull();
  });

  test('takes slashes in an id at its end', () => {
    const keys = ofType(prod, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey);

    expect(keys).toContain('DELETE /v3/contacts/{id+}');
    expect(keys).toContain('GET /v1/chats/{channelId}/{chatType}/{chatId}');
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html: any full match, and any
  // greedy path with more in front of it, goes before this one.
  test('is that of strip-slash for what begins with /v3/ and is no other route', () => {
    const found = ofType(prod, 'AWS::ApiGatewayV2::Route').filter(([, { Properties }]) =>
      Properties.RouteKey.endsWith('{proxy+}'),
    );
    const [, integrationId] = found[0]?.[1].Properties.Target['Fn::Join'][1] ?? [];

    expect(found.map(([, { Properties }]) => Properties.RouteKey)).toEqual(['ANY /v3/{proxy+}']);
    expect(prod[integrationId.Ref]?.Properties.IntegrationUri['Fn::GetAtt'][0]).toBe(functionIds.get('strip-slash'));
  });

  test('has a key that AWS takes: no part of the path is empty', () => {
    const keys = ofType(prod, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey);

    expect(keys.filter((key) => key !== 'GET /' && /\/\/|\/$/.test(key))).toEqual([]);
    // Quota of an API: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
    expect(keys.length).toBeLessThan(300);
  });

  test('is one of lib/routes.ts, with one integration for each function', () => {
    const served = new Set([...routes, SLASH_ROUTE].map((route) => route.function));

    const off = synth({ doorbell: 'off' });
    expect(ofType(off, 'AWS::ApiGatewayV2::Route')).toHaveLength(routes.length + 1);
    expect(ofType(off, 'AWS::ApiGatewayV2::Integration')).toHaveLength(served.size);
  });
});

describe('a route of the REST API (-c gateway=rest)', () => {
  const methods = ofType(rest, 'AWS::ApiGateway::Method');

  test.each(routes.map((route) => [`${route.method} ${gatewayPath(route.path)}`, route.function]))(
    '%s calls %s',
    (key, name) => {
      const found = methods.filter(([, { Properties }]) => keyOf(Properties) === key);
      const { Integration, AuthorizationType } = found[0]?.[1].Properties ?? {};

      expect(found).toHaveLength(1);
      expect(Integration.Type).toBe('AWS_PROXY');
      expect(JSON.stringify(Integration.Uri)).toContain(`"${functionIds.get(name)}"`);
      expect(AuthorizationType).toBe('NONE');
    },
  );

  test('is one of lib/routes.ts, with the same functions', () => {
    const without = (resources: Resources) =>
      Object.entries(resources)
        .filter(([, { Type }]) => !/^AWS::(ApiGateway|Lambda::Permission)/.test(Type))
        .map(([id, { Properties, ...rest }]) => [id, { ...rest, Properties: withoutAddresses(Properties) }]);
    // The address of the gateway is another one, in functions that tell it and for pages that upload.
    const withoutAddresses = ({ Environment, CorsConfiguration: _cors, ...properties }: Resource['Properties']) => ({
      ...properties,
      ...(Environment && { Environment: { ...Environment.Variables, PUBLIC_URL: undefined } }),
    });

    expect(methods).toHaveLength(routes.length);
    expect(without(rest)).toEqual(without(synth({ doorbell: 'off' })));
  });

  test('gets bodies byte for byte, and an unknown one is a 404', () => {
    const [api] = ofType(rest, 'AWS::ApiGateway::RestApi').map(([, { Properties }]) => Properties);
    const answers = ofType(rest, 'AWS::ApiGateway::GatewayResponse').map(([, { Properties }]) => Properties);

    expect(api.BinaryMediaTypes).toEqual(['*/*']);
    expect(answers[0]).toMatchObject({ ResponseType: 'MISSING_AUTHENTICATION_TOKEN', StatusCode: '404' });
    expect(ofType(prod, 'AWS::ApiGateway::RestApi')).toEqual([]);
    expect(ofType(rest, 'AWS::ApiGatewayV2::Api')).toEqual([]);
  });

  test('answers by itself with the headers of our own answers', () => {
    const answers = ofType(rest, 'AWS::ApiGateway::GatewayResponse').map(([, { Properties }]) => Properties);

    const types = answers.map(({ ResponseType }) => ResponseType);
    expect(types.sort()).toEqual(['DEFAULT_4XX', 'DEFAULT_5XX', 'MISSING_AUTHENTICATION_TOKEN']);
    for (const { ResponseParameters } of answers) {
      expect(ResponseParameters).toEqual({
        'gatewayresponse.header.X-Content-Type-Options': "'nosniff'",
        'gatewayresponse.header.Cache-Control': "'no-store'",
      });
    }
  });

  test('shares one permission with the other routes of its function', () => {
    const served = new Set(routes.map((route) => route.function));
    const ofGateway = ofType(rest, 'AWS::Lambda::Permission').filter(
      ([, { Properties }]) => Properties.Principal === 'apigateway.amazonaws.com',
    );

    expect(ofGateway).toHaveLength(served.size);
  });

  test('is refused for any other kind of gateway', () => {
    expect(() => synth({ gateway: 'soap' })).toThrow('There is no gateway "soap"');
  });

  function keyOf({ HttpMethod, ResourceId }: { HttpMethod: string; ResourceId: { Ref: string } }): string {
    return `${HttpMethod} ${pathOf(ResourceId.Ref) || '/'}`;
  }

  function pathOf(id: string | undefined): string {
    const { ParentId, PathPart } = rest[id ?? '']?.Properties ?? {};
    return PathPart === undefined ? '' : `${pathOf(ParentId.Ref)}/${PathPart}`;
  }
});

describe('strip-slash', () => {
  test('may call the functions of the compatible API and do nothing else, and nobody else may call one', () => {
    const ids = compatibleFunctions.map((name) => functionIds.get(name));
    const callers = folders.filter((name) => grantsOf(name).some((grant) => grant.startsWith('lambda:')));

    expect(compatibleFunctions).toContain('record-reply');
    // Its only route there ends with an id.
    expect(compatibleFunctions).not.toContain('read-chats');
    expect(callers).toEqual(['strip-slash']);
    expect(grantsOf('strip-slash').filter((grant) => !grant.startsWith('logs:'))).toEqual(
      ids.map((id) => `lambda:InvokeFunction on ${id}`).sort(),
    );
  });

  test('knows them by their names', () => {
    const { Variables } = property('strip-slash', 'Environment');

    expect(Variables).toEqual(
      Object.fromEntries(compatibleFunctions.map((name) => [functionVariable(name), { Ref: functionIds.get(name) }])),
    );
  });
});

describe('the doorbell', () => {
  const rung = Object.entries<FunctionDefinition>(functions).flatMap(([name, { doorbell }]) =>
    doorbell === 'rung' ? [name] : [],
  );
  const sockets = (resources: Resources) =>
    ofType(resources, 'AWS::ApiGatewayV2::Api').filter(([, { Properties }]) => Properties.ProtocolType === 'WEBSOCKET');

  test('is a WebSocket API that answer-doorbell answers', () => {
    const [[id]] = sockets(prod) as [[string, Resource]];
    const ofApi = ofType(prod, 'AWS::ApiGatewayV2::Route').filter(([, { Properties }]) => Properties.ApiId.Ref === id);
    const called = ofApi.map(([, { Properties }]) => {
      const [, integration] = Properties.Target['Fn::Join'][1];
      return JSON.stringify(prod[integration.Ref]?.Properties.IntegrationUri);
    });

    expect(ofApi.map(([, { Properties }]) => Properties.RouteKey)).toEqual(['$connect', '$disconnect', '$default']);
    expect(called.every((uri) => uri.includes(functionIds.get('answer-doorbell') ?? '-'))).toBe(true);
    expect(
      ofType(prod, 'AWS::ApiGatewayV2::Stage').filter(([, { Properties }]) => Properties.ApiId.Ref === id),
    ).toEqual([
      [expect.any(String), expect.objectContaining({ Properties: expect.objectContaining({ StageName: 'live' }) })],
    ]);
  });

  test('may be rung by those only that are said to ring it, and they may do nothing else with it', () => {
    const may = folders.filter((name) => grantsOf(name).some((grant) => grant.includes('execute-api')));
    const grants = new Set(may.flatMap(grantsOf).filter((grant) => grant.includes('execute-api')));

    expect(may).toEqual(rung.sort());
    expect([...grants]).toEqual([
      expect.stringMatching(/^execute-api:ManageConnections on .*\/live\/POST\/@connections/),
    ]);
  });

  test.each([{ doorbell: 'off' }, { gateway: 'rest' }])(
    'is not there with %o, and no function knows of it',
    (context) => {
      const resources = synth(context);

      expect(sockets(resources)).toEqual([]);
      expect(JSON.stringify(resources)).not.toMatch(/DOORBELL_URL|execute-api:ManageConnections/);
    },
  );

  test('is on or off', () => {
    expect(() => synth({ doorbell: 'no' })).toThrow('-c doorbell=off');
  });
});

describe('flags', () => {
  const callers = [
    'change-message',
    'deliver-event',
    'deliver-message',
    'manage-channels',
    'manage-templates',
    'manage-webhooks',
    'record-reply',
    'store-file',
    'wake-browsers',
  ];
  const variablesOf = (resources: Resources, name: string) =>
    resources[functionIds.get(name) ?? '']?.Properties.Environment?.Variables ?? {};

  test('privateAddresses is passed only to functions that call out, and only if it is given', () => {
    const dev = synth({ stage: 'dev', privateAddresses: 'allow' });
    const may = (resources: Resources) => folders.filter((name) => 'PRIVATE_ADDRESSES' in variablesOf(resources, name));

    expect(may(dev)).toEqual(callers);
    expect(may(synth({ stage: 'dev' }))).toEqual([]);
    expect(may(prod)).toEqual([]);
  });

  test.each([
    ['privateAddresses', { stage: 'prod' }],
    ['privateAddresses', {}],
    ['plainHttp', { stage: 'prod' }],
    ['plainHttp', {}],
  ])('%s is refused with %o', (name, context) => {
    expect(() => synth({ ...context, [name]: 'allow' })).toThrow('in the stage dev only');
  });

  test.each(['yes', 'true', true, ''])('privateAddresses may not be %o', (privateAddresses) => {
    expect(() => synth({ stage: 'dev', privateAddresses })).toThrow('-c privateAddresses=allow');
  });

  test('publicUrl is passed to manage-channels and to those that tell addresses, without a slash at its end', () => {
    const told = synth({ publicUrl: 'https://konvert.example.com/' });
    const knowing = (resources: Resources) => folders.filter((name) => 'PUBLIC_URL' in variablesOf(resources, name));
    const telling = Object.entries<FunctionDefinition>(functions).filter(([, { tellsAddresses }]) => tellsAddresses);
    const names = telling.map(([name]) => name);

    expect(names).toEqual(expect.arrayContaining(['deliver-event', 'read-chats']));
    expect(knowing(told)).toEqual([...names, 'manage-channels'].sort());
    for (const name of knowing(told)) {
      expect(variablesOf(told, name).PUBLIC_URL).toBe('https://konvert.example.com');
    }
    // Without it they tell the gateway's own address.
    expect(knowing(prod)).toEqual(names.sort());
    const [[httpApi]] = ofType(prod, 'AWS::ApiGatewayV2::Api') as [[string, Resource]];
    expect(variablesOf(prod, 'read-chats').PUBLIC_URL).toEqual({ 'Fn::GetAtt': [httpApi, 'ApiEndpoint'] });
    const [[restApi]] = ofType(rest, 'AWS::ApiGateway::RestApi') as [[string, Resource]];
    expect(placeOf(variablesOf(rest, 'read-chats').PUBLIC_URL)).toBe(
      `https://${restApi}.execute-api.AWS::Region.AWS::URLSuffix/prod`,
    );
  });

  test.each(['0', '-1', '1.5', 'x', ''])('filesDays may not be %o', (filesDays) => {
    expect(() => synth({ filesDays })).toThrow('-c filesDays=365');
  });

  test.each(['http://konvert.example.com', 'konvert.example.com', 'https://a.example?b', 'https://', ''])(
    'publicUrl may not be %o',
    (publicUrl) => {
      expect(() => synth({ publicUrl })).toThrow('-c publicUrl=https://');
    },
  );
});

describe('tables', () => {
  test.each(Object.entries<Table>(tables).filter(([, { localOnly }]) => !localOnly))(
    '%s is as defined',
    (name, definition) => {
      const [id = ''] = [...tableNames].find(([, one]) => one === name) ?? [];
      const { Properties, DeletionPolicy } = prod[id] ?? { Properties: {} };
      const types = new Map(
        Properties.AttributeDefinitions.map((one: Record<string, string>) => [one.AttributeName, one.AttributeType]),
      );
      const keysOf = ({ KeySchema }: { KeySchema: Record<string, string>[] }) =>
        KeySchema.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName} ${types.get(AttributeName)}`);
      const indexesOf = (key: string) =>
        (Properties[key] ?? []).map((index: { IndexName: string; KeySchema: []; Projection: object }) => [
          index.IndexName,
          keysOf(index),
          index.Projection,
        ]);
      const expectedIndexes = (scope: string) =>
        definition.indexes
          .filter((index) => index.scope === scope)
          .map((index) => [index.name, keys(index), { ProjectionType: 'KEYS_ONLY' }]);

      expect(keysOf(Properties)).toEqual(keys(definition));
      expect(indexesOf('GlobalSecondaryIndexes')).toEqual(expectedIndexes('global'));
      expect(indexesOf('LocalSecondaryIndexes')).toEqual(expectedIndexes('local'));
      expect(Properties.BillingMode).toBe('PAY_PER_REQUEST');
      expect(Properties.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
      expect(Properties.StreamSpecification?.StreamViewType).toBe(definition.stream ? 'NEW_AND_OLD_IMAGES' : undefined);
      expect(Properties.TimeToLiveSpecification).toEqual(
        definition.expires ? { AttributeName: 'ttl', Enabled: true } : undefined,
      );
      expect(DeletionPolicy).toBe('Retain');
    },
  );

  test('of the local mode are not deployed', () => {
    const deployed = Object.values<Table>(tables).filter(({ localOnly }) => !localOnly);

    expect(ofType(prod, 'AWS::DynamoDB::Table')).toHaveLength(deployed.length);
  });

  function keys({ partition, sort }: Pick<Table, 'partition' | 'sort'>): string[] {
    return [`HASH ${partition.name} ${partition.type}`, `RANGE ${sort.name} ${sort.type}`];
  }
});

describe('the bucket of files', () => {
  const bucketOf = (resources: Resources) => ofType(resources, 'AWS::S3::Bucket')[0]![1];
  const policyOf = (resources: Resources) =>
    ofType(resources, 'AWS::S3::BucketPolicy').flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);

  const OLD_UPLOADS = { Id: 'uploads', Prefix: 'up/', ExpirationInDays: 2, Status: 'Enabled' };

  test('is private, keeps what is in it, and takes uploads from the page only', () => {
    const { Properties, DeletionPolicy } = bucketOf(prod);
    const [[httpApi]] = ofType(prod, 'AWS::ApiGatewayV2::Api') as [[string, Resource]];

    expect(Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(Properties.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    expect(Properties.CorsConfiguration.CorsRules).toEqual([
      {
        AllowedMethods: ['PUT'],
        AllowedOrigins: [{ 'Fn::GetAtt': [httpApi, 'ApiEndpoint'] }],
        AllowedHeaders: ['content-*'],
      },
    ]);
    expect(Properties.LifecycleConfiguration.Rules).toEqual([OLD_UPLOADS]);
    expect(DeletionPolicy).toBe('Retain');
    const { CorsRules } = bucketOf(synth({ publicUrl: 'https://konvert.example.com/a' })).Properties.CorsConfiguration;
    expect(CorsRules[0].AllowedOrigins).toEqual(['https://konvert.example.com']);
  });

  test('is reached by TLS only, except where a local engine offers none', () => {
    expect(policyOf(prod)).toMatchObject([{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }]);
    expect(policyOf(synth({ stage: 'dev', plainHttp: 'allow' }))).toEqual([]);
  });

  test('forgets what clients sent after so many days, if that is wanted', () => {
    expect(bucketOf(synth({ filesDays: '365' })).Properties.LifecycleConfiguration.Rules).toEqual([
      OLD_UPLOADS,
      { Id: 'files-of-clients', Prefix: 'in/', ExpirationInDays: 365, Status: 'Enabled' },
    ]);
  });

  test.each(folders)('is open to %s as far as its definition says', (name) => {
    const { files = {}, namesBucket = false }: FunctionDefinition = functions[name as FunctionName];
    const [bucket] = ofType(prod, 'AWS::S3::Bucket')[0]!;
    const parts = Object.entries(files);
    const reads = parts.filter(([, actions]) => actions.includes('GetObject')).map(([part]) => `${part}/*`);
    const lists = statementsOf(name).filter(({ Action }) => Action === 's3:ListBucket');

    expect(grantsOf(name).filter((grant) => grant.startsWith('s3:'))).toEqual(
      [
        ...parts.flatMap(([part, actions]) => actions.map((action) => `s3:${action} on ${bucket}/${part}/*`)),
        ...(reads.length > 0 ? [`s3:ListBucket on ${bucket}`] : []),
      ].sort(),
    );
    expect(lists.map(({ Condition }) => Condition)).toEqual(
      reads.length > 0 ? [{ StringLikeIfExists: { 's3:prefix': reads } }] : [],
    );
    expect('FILES_BUCKET' in (property(name, 'Environment')?.Variables ?? {})).toBe(parts.length > 0 || namesBucket);
  });
});

describe('grants', () => {
  test('let receive-message store messages, connections and events, read accounts, and nothing else', () => {
    const ofOutbox = statementsOf('receive-message').filter(({ Resource }) => list(Resource).includes('outbox'));
    expect(ofOutbox.map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['event#*'] } },
    ]);
    expect(tableGrantsOf('receive-message')).toEqual([
      'dynamodb:BatchGetItem on addresses',
      'dynamodb:BatchGetItem on messages',
      'dynamodb:GetItem on accounts',
      'dynamodb:GetItem on messages',
      'dynamodb:PutItem on messages',
      'dynamodb:PutItem on outbox',
      'dynamodb:Query on accounts',
      'dynamodb:UpdateItem on accounts',
      'dynamodb:UpdateItem on accounts',
      'dynamodb:UpdateItem on messages',
      'dynamodb:UpdateItem on outbox',
    ]);
  });

  test('let only watch-chats scan, and only functions delete that remove lanes, rows, tasks, keys, routes, links, sockets, drafts, subscriptions or CRM entities', () => {
    const may = (action: string) => folders.filter((name) => tableGrantsOf(name).join().includes(action));

    expect(may('dynamodb:Scan')).toEqual(['watch-chats']);
    expect(may('dynamodb:DeleteItem')).toEqual([
      'answer-doorbell',
      'assign-contact',
      'deliver-event',
      'deliver-message',
      'do-tasks',
      'fold-chat',
      'hand-over',
      'keep-drafts',
      'manage-accounts',
      'manage-channels',
      'manage-deliveries',
      'manage-push',
      'open-page',
      'record-reply',
      'retry-fold',
      'ring-doorbell',
      'sync-directory',
      'wake-browsers',
      'watch-chats',
    ]);
  });

  test.each(folders)(
    'of %s for writes to accounts name their partitions, and only those of manage-accounts keys',
    (name) => {
      const writes = statementsOf(name).filter(({ Action, Resource }) =>
        [Action].flat().some((action) => /Put|Update|Delete/.test(action) && list(Resource).includes('accounts')),
      );
      const partitions = writes.flatMap(
        ({ Condition }) => Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'],
      );

      expect(partitions.filter((one) => !/^[a-z]+(#\*)?$/.test(one))).toEqual([]);
      expect(partitions.some((one) => /^(key|operator)/.test(one))).toBe(name === 'manage-accounts');
    },
  );

  test.each([
    [
      'receive-message',
      'channel#*',
      ['connectionId', 'madeAt', 'ownerId', 'sequence', 'state', 'storedAt'],
      ['blockedAt', 'isBlocked', 'tier', 'tierAt'],
    ],
    ['deliver-event', 'account#*', ['endedAt', 'ver']],
    ['deliver-message', 'channel#*', ['credentialsVersion', 'refusedVersion']],
    ['sync-directory', 'channel#*', ['hadRoles', 'mode', 'pipelineId', 'roles', 'stageId', 'ver']],
    ['manage-webhooks', 'account#*', ['endedAt', 'listensSince', 'sealed', 'subscriptions', 'uri', 'ver']],
    ['watch-chats', 'watchdog', ['lastGoodRun', 'left']],
  ])('let %s update only some attributes in %s', (name, partition, ...attributes) => {
    const found = statementsOf(name).filter(({ Condition }) =>
      Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']?.includes(partition),
    );

    const named = found.map(({ Condition }) =>
      Condition['ForAllValues:StringEquals']['dynamodb:Attributes'].toSorted(),
    );
    expect(found.map(({ Action }) => Action)).toEqual(attributes.map(() => 'dynamodb:UpdateItem'));
    expect(named).toEqual(attributes.map((of) => ['p', 's', ...of].toSorted()));
  });

  // A use that cannot be noted fails no request, so no other test finds a forgotten grant.
  test('let every function that takes API keys note their use', () => {
    const { paths } = openApi();
    const taking = routes.filter(({ method, path }) =>
      JSON.stringify((paths[path]?.[method.toLowerCase()] as { security?: unknown })?.security)?.includes('apiKey'),
    );
    const noting = folders.filter((name) => JSON.stringify(statementsOf(name)).includes('use#*'));

    expect(noting).toEqual([...new Set(taking.map((route) => route.function))].sort());
  });

  const sealedFor = (pattern: string) => ({
    'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['for'] },
    StringLikeIfExists: { 'kms:EncryptionContext:for': pattern },
  });

  const CHANNELS = '????????-????-????-????-????????????';
  const RECEIVERS = `receiver#${CHANNELS}`;

  test('are for what is sealed by those names', () => {
    expect(receiverContext('*')).toBe('receiver#*');
  });

  test.each(folders)('of %s for KMS carry the context', (name) => {
    const found = statementsOf(name).filter(({ Action }) => String(Action).includes('kms:'));

    for (const { Condition } of found) {
      expect([CHANNELS, RECEIVERS, INSTALLATION].map(sealedFor)).toContainEqual(Condition);
    }
  });

  test.each(folders)('of %s have no wildcard', (name) => {
    // AWS has no narrower resource for ListStreams, which returns only names.
    // Files are granted by their part of the bucket, and sockets by their API.
    const isNarrow = (grant: string) =>
      grant === 'dynamodb:ListStreams on *' ||
      /^s3:\w+ on [^*]+\/(in|out|up)\/\*$/.test(grant) ||
      /^execute-api:ManageConnections on arn:[^*]+:doorbellapi\w+\/live\/POST\/@connections\/\*$/.test(grant);
    const wild = grantsOf(name).filter((grant) => grant.includes('*') && !isNarrow(grant));

    expect(wild).toEqual([]);
  });

  test.each(folders)('of %s cover the tables in its environment, and no other', (name) => {
    const variables = Object.entries(property(name, 'Environment')?.Variables ?? {}) as [string, { Ref: string }][];
    const told = variables.filter(([key]) => key.endsWith('_TABLE')).map(([, { Ref }]) => tableNames.get(Ref));
    const touched = tableGrantsOf(name)
      .filter((grant) => !/Stream|GetRecords|GetShardIterator/.test(grant))
      .map((grant) => grant.split(' on ')[1]?.split('/')[0]);

    expect([...new Set(touched)].sort()).toEqual(told.sort());
  });

  /** The functions that may do that with the secrets that are sealed for such a name. */
  function mayKms(action: string, pattern: string): string[] {
    return folders.filter((name) =>
      statementsOf(name).some(
        ({ Action, Condition }) => [Action].flat().includes(action) && isDeepStrictEqual(Condition, sealedFor(pattern)),
      ),
    );
  }

  test('let only sweep-lanes make the secret of the installation, and only those read it that sign, log or push', () => {
    expect(mayKms('kms:Encrypt', INSTALLATION)).toEqual(['sweep-lanes']);
    expect(mayKms('kms:Decrypt', INSTALLATION)).toEqual([
      'assign-contact',
      'change-message',
      'deliver-event',
      'deliver-message',
      'do-tasks',
      'fold-chat',
      'hand-over',
      'open-page',
      'read-chats',
      'receive-message',
      'record-reply',
      'set-no-reply-needed',
      'store-file',
      'wake-browsers',
      'watch-chats',
    ]);
  });

  test('let only functions that serve or call messengers open secrets, and only manage-channels seal them', () => {
    expect(mayKms('kms:Decrypt', CHANNELS)).toEqual([
      'change-message',
      'deliver-message',
      'manage-channels',
      'manage-templates',
      'receive-message',
      'record-reply',
      'store-file',
    ]);
    expect(mayKms('kms:Encrypt', CHANNELS)).toEqual(['manage-channels']);
    expect(ofType(prod, 'AWS::KMS::Key')[0]?.[1].Properties.EnableKeyRotation).toBe(true);
  });

  test('let only functions that call receivers open their secrets, and only manage-webhooks seal them', () => {
    expect(mayKms('kms:Decrypt', RECEIVERS)).toEqual(['deliver-event', 'manage-webhooks']);
    expect(mayKms('kms:Encrypt', RECEIVERS)).toEqual(['manage-webhooks']);
  });
});

describe('events', () => {
  const mappings = ofType(prod, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);

  test('of a stream have at most two readers, which read from its beginning', () => {
    const readers = mappings.filter(({ StartingPosition }) => StartingPosition !== undefined);
    const perStream = Map.groupBy(readers, ({ EventSourceArn }) => JSON.stringify(EventSourceArn));

    expect(readers.map(({ FunctionName }) => FunctionName.Ref).sort()).toEqual(
      ['assign-contact', 'fold-chat', 'notify-users', 'publish-events', 'ring-doorbell']
        .map((name) => functionIds.get(name))
        .sort(),
    );
    expect(Math.max(...[...perStream.values()].map((all) => all.length))).toBeLessThanOrEqual(2);
    expect(new Set(readers.map(({ StartingPosition }) => StartingPosition))).toEqual(new Set(['TRIM_HORIZON']));
  });

  test('of a stream are lost by ring-doorbell and notify-users only, when they are old', () => {
    const isLossy = ({ MaximumRetryAttempts }: Resource['Properties']) => MaximumRetryAttempts !== undefined;

    const lossy = mappings.filter(isLossy);
    const readers = ['ring-doorbell', 'notify-users'].map((name) => functionIds.get(name));
    expect(lossy.map(({ FunctionName }) => FunctionName.Ref).sort()).toEqual(readers.sort());
    for (const one of lossy) expect(one).toMatchObject({ MaximumRetryAttempts: 1, MaximumRecordAgeInSeconds: 60 });
  });

  test.each([
    ['fold-chat', [undefined]],
    [
      'publish-events',
      [
        { kind: { S: ['client'] } },
        { kind: { S: ['echo'] } },
        { kind: { S: ['reply'] } },
        { k: { S: [{ prefix: 'of#' }] } },
      ],
    ],
    ['assign-contact', [{ contact: [{ exists: false }] }]],
    ['ring-doorbell', [{ s: { S: ['-'] } }]],
  ])('reach %s only if it needs them', (name, images) => {
    const { FilterCriteria } = mappings.find(({ FunctionName }) => FunctionName.Ref === functionIds.get(name));

    expect(FilterCriteria.Filters.map((filter: { Pattern: string }) => JSON.parse(filter.Pattern))).toEqual(
      images.map((NewImage) => ({ eventName: ['INSERT', 'MODIFY'], ...(NewImage && { dynamodb: { NewImage } }) })),
    );
  });

  test('of a queue are hidden for longer than the function may run', () => {
    const ofQueues = mappings.filter(({ StartingPosition }) => StartingPosition === undefined);
    const margins = ofQueues.map(({ EventSourceArn, FunctionName }) => {
      const queue = prod[EventSourceArn['Fn::GetAtt'][0]]?.Properties;
      return queue.VisibilityTimeout - prod[FunctionName.Ref]?.Properties.Timeout;
    });

    expect(margins).toHaveLength(queueListeners.length);
    expect(Math.min(...margins)).toBeGreaterThanOrEqual(0);
  });

  test('raise an alarm for every reader of a stream that is behind, and may lose nothing', () => {
    const readers = mappings.filter(
      ({ StartingPosition, MaximumRecordAgeInSeconds }) =>
        StartingPosition !== undefined && MaximumRecordAgeInSeconds === undefined,
    );
    const late = ofType(prod, 'AWS::CloudWatch::Alarm')
      .filter(([, { Properties }]) => Properties.MetricName === 'IteratorAge')
      .map(([, { Properties }]) => Properties.Dimensions[0].Value.Ref);

    expect(late.sort()).toEqual(readers.map(({ FunctionName }) => FunctionName.Ref).sort());
  });

  test('become dead letters only for failed chats, with an alarm', () => {
    const watched = ofType(prod, 'AWS::CloudWatch::Alarm').flatMap(([, { Properties }]) => Properties.Dimensions ?? []);
    const dead = ofType(prod, 'AWS::SQS::Queue').flatMap(([, { Properties }]) => Properties.RedrivePolicy ?? []);

    expect(dead).toHaveLength(1);
    const [queueId] = dead[0].deadLetterTargetArn['Fn::GetAtt'];
    expect(watched).toContainEqual({ Name: 'QueueName', Value: { 'Fn::GetAtt': [queueId, 'QueueName'] } });
  });

  test('reach queues by plain HTTP if that is allowed', () => {
    expect(ofType(synth({ stage: 'dev', plainHttp: 'allow' }), 'AWS::SQS::QueuePolicy')).toEqual([]);
  });

  test('reach every queue by TLS only', () => {
    const policies = ofType(prod, 'AWS::SQS::QueuePolicy').map(([, { Properties }]) => Properties);
    const closed = policies.filter(({ PolicyDocument }) =>
      PolicyDocument.Statement.some(
        ({ Effect, Action, Condition }: Record<string, unknown>) =>
          Effect === 'Deny' &&
          Action === 'sqs:*' &&
          JSON.stringify(Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
      ),
    );

    expect(closed.flatMap(({ Queues }) => Queues.map((queue: { Ref: string }) => queue.Ref)).sort()).toEqual(
      ofType(prod, 'AWS::SQS::Queue')
        .map(([id]) => id)
        .sort(),
    );
  });

  test('of schedules run the sweep every minute and the watchdog every day', () => {
    const rules = ofType(prod, 'AWS::Events::Rule').map(([, { Properties }]) => [
      Properties.ScheduleExpression,
      Properties.Targets[0].Arn['Fn::GetAtt'][0],
    ]);

    expect(rules.sort()).toEqual([
      ['rate(1 day)', functionIds.get('watch-chats')],
      ['rate(1 minute)', functionIds.get('sweep-lanes')],
    ]);
  });
});

describe('the template', () => {
  test('holds nothing that looks like a secret', () => {
    const words: string[] = [];
    JSON.stringify(prod, (key, value) => {
      if (key === 'S3Key' || key === 'Metadata') return undefined;
      if (typeof value === 'string') words.push(...value.split(/[^A-Za-z0-9+/=_-]+/));
      return value;
    });

    const long = words.filter((word) => word.length >= 32 && !(word in prod));
    expect(long).toEqual(['ApproximateNumberOfMessagesVisible']);
    expect(ofType(prod, 'AWS::SecretsManager::Secret')).toEqual([]);
  });

  test('needs no custom resource', () => {
    expect(
      Object.values(prod).filter(({ Type }) => Type.startsWith('Custom::') || Type.includes('CustomResource')),
    ).toEqual([]);
  });

  test('of the stage dev deletes its data with the stack, and that of an unknown stage is refused', () => {
    const policies = ofType(synth({ stage: 'dev' }), 'AWS::DynamoDB::Table').map(
      ([, { DeletionPolicy }]) => DeletionPolicy,
    );

    expect(new Set(policies)).toEqual(new Set(['Delete']));
    expect(() => synth({ stage: 'staging' })).toThrow('There is no stage "staging"');
  });
});

describe('bundles', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'konvert-bundles-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(folders)('of %s start with the environment of the template', (name) => {
    const variables = Object.keys(property(name, 'Environment')?.Variables ?? {});
    const valueFor = (key: string) => (key.endsWith('_URL') ? 'https://some.example/some' : 'some');
    const env = Object.fromEntries([...variables, 'AWS_REGION'].map((key) => [key, valueFor(key)]));
    const code = `process.stdout.write(typeof require('${folder}/${name}/index.js').handler)`;

    bundleFunction(name, join(folder, name));

    expect(execFileSync(process.execPath, ['-e', code], { env, encoding: 'utf8' })).toBe('function');
  });
});
