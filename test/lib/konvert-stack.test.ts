import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Worker } from 'node:worker_threads';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApi } from '#api/description';
import { bundleFunction } from '#lib/bundle';
import type { FunctionDefinition } from '#lib/function-definition';
import { type FunctionName, functions } from '#lib/functions';
import { gatewayPath } from '#lib/gateway';
import { createKonvertApp } from '#lib/konvert-app';
import { metricNames } from '#lib/metric-names';
import { compatibleFunctions, routes, SLASH_ROUTE } from '#lib/routes';
import { storedName, type Table, tables } from '#lib/tables';
import { groupsOf, throttleOf, throttles } from '#lib/throttles';
import { functionVariable } from '#lib/variable-names';
import { INSTALLATION, receiverContext } from '#store/accounts/keys';
import { faults } from '#test/logs/faults';
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
const templates = new Map<string, Resources>();
const prod = synth({ stage: 'prod' });
const rest = synth({ gateway: 'rest' });
const withoutDoorbell = synth({ doorbell: 'off' });
const dev = synth({ stage: 'dev', privateAddresses: 'allow', plainHttp: 'allow' });
const told = synth({ publicUrl: 'https://konvert.example.com/a/', filesDays: '365' });
const guarded = synth({ stage: 'dev', gateway: 'rest', waf: 'on', reserve: '200', alarmEmail: 'team@shop.example' });
const functionIds = new Map(folders.map((name) => [name, idOfFunction(prod, name)]));
const tableNames = new Map(
  Object.keys(tables).flatMap((name) => {
    const id = Object.keys(prod).find((one) => one.startsWith(`tables${storedName(name)}`));
    return id === undefined ? [] : [[id, name] as const];
  }),
);

/** A template takes a second of CPU, so it is made once. */
function synth(context: Readonly<Record<string, unknown>>): Resources {
  const key = JSON.stringify(context);
  const { stack } = templates.has(key) ? { stack: undefined } : createKonvertApp({ ...withoutBundles, ...context });
  if (stack) templates.set(key, Template.fromStack(stack).toJSON().Resources);
  return templates.get(key) as Resources;
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
function statementsOf(name: string): Resource['Properties'][] {
  const role = prod[property(name, 'Role')['Fn::GetAtt'][0]]?.Properties;
  return role.Policies.flatMap(({ PolicyDocument }: Resource['Properties']) => PolicyDocument.Statement);
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

  test('is for no browser of another origin but that of frames, which answers for itself (ADR 26, 86)', () => {
    const frames = 'OPTIONS /webhooks/frame/{crm}/{connectionId}';
    const methods = ofType(rest, 'AWS::ApiGateway::Method').filter(
      ([, one]) => one.Properties.HttpMethod === 'OPTIONS',
    );
    for (const [, { Properties }] of ofType(prod, 'AWS::ApiGatewayV2::Api')) {
      expect(Properties).not.toHaveProperty('CorsConfiguration');
    }
    const all = JSON.stringify([prod, rest]);
    // The route and its throttle, with each gateway.
    const named = [`"${frames}"`, `"${frames}"`, '"OPTIONS"', '"OPTIONS"'];
    expect(all.match(/"OPTIONS[^"]*"/g)?.toSorted()).toEqual(named.toSorted());
    expect(methods.map(([, one]) => one.Properties.Integration.Type)).toEqual(['AWS_PROXY']);
    expect(/access-control-/i.exec(all)).toBeNull();
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

    expect(ofType(withoutDoorbell, 'AWS::ApiGatewayV2::Route')).toHaveLength(routes.length + 1);
    expect(ofType(withoutDoorbell, 'AWS::ApiGatewayV2::Integration')).toHaveLength(served.size);
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
        .filter(([, { Properties }]) => !/apigateway\.amazonaws\.com|AWS\/ApiGateway/.test(JSON.stringify(Properties)))
        .map(([id, { Properties, ...rest }]) => [id, { ...rest, Properties: withoutAddresses(Properties) }]);
    // The address of the gateway is another one, in functions that tell it and for pages that upload.
    const withoutAddresses = ({ Environment, CorsConfiguration: _cors, ...properties }: Resource['Properties']) => ({
      ...properties,
      ...(Environment && { Environment: { ...Environment.Variables, PUBLIC_URL: undefined } }),
    });

    expect(methods).toHaveLength(routes.length);
    expect(without(rest)).toEqual(without(withoutDoorbell));
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

  test('is called by a role of the gateway that may call the functions with routes, and do nothing else', () => {
    const served = new Set(routes.map((route) => route.function));
    const [[id, caller]] = ofType(rest, 'AWS::IAM::Role').filter(([one]) => one.startsWith('apicaller')) as [
      [string, Resource],
    ];
    const { Policies, AssumeRolePolicyDocument } = caller.Properties;
    const [{ Action, Resource }] = Policies[0].PolicyDocument.Statement;

    expect(Policies[0].PolicyDocument.Statement).toHaveLength(1);
    expect(Action).toBe('lambda:InvokeFunction');
    expect(list(Resource).sort()).toEqual([...served].map((name) => functionIds.get(name)).sort());
    expect(AssumeRolePolicyDocument.Statement[0].Principal).toEqual({ Service: 'apigateway.amazonaws.com' });
    for (const [, { Properties }] of methods) {
      expect(Properties.Integration.Credentials).toEqual({ 'Fn::GetAtt': [id, 'Arn'] });
    }
    expect(JSON.stringify(ofType(rest, 'AWS::Lambda::Permission'))).not.toContain('apigateway');
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

describe('a gateway', () => {
  const [httpStage] = ofType(prod, 'AWS::ApiGatewayV2::Stage').flatMap(([, { Properties }]) =>
    Properties.StageName === '$default' ? [Properties] : [],
  );
  const [restStage] = ofType(rest, 'AWS::ApiGateway::Stage').map(([, { Properties }]) => Properties);

  test.each([...routes, SLASH_ROUTE].map(({ path }) => path))('throttles %s as one group of routes says', (path) => {
    expect(groupsOf(path)).toHaveLength(1);
  });

  test.each(Object.entries(throttles))('throttles %s as the documents say', (name, { perSecond, burst }) => {
    const row = readFileSync('docs/http.md', 'utf8').match(new RegExp(`^\\| \`${name}\` .*$`, 'm'))?.[0] ?? '';
    const figures = row.split('|').slice(-3, -1);

    expect(figures.map((figure) => Number(figure.replace(',', '')))).toEqual([perSecond, burst]);
  });

  test('throttles every route by itself', () => {
    const ofHttp = new Map<string, Resource['Properties']>(Object.entries(httpStage.RouteSettings));
    const ofRest = new Map<string, Resource['Properties']>(
      restStage.MethodSettings.map((one: Record<string, string>) => [
        `${one.HttpMethod} ${one.ResourcePath?.replace('/~1', '/').replaceAll('~1', '/')}`,
        one,
      ]),
    );

    const keys = routes.map(({ method, path }) => `${method} ${gatewayPath(path)}`);
    expect([...ofHttp.keys()].sort()).toEqual([...keys, `ANY ${SLASH_ROUTE.path}`].sort());
    expect([...ofRest.keys()].sort()).toEqual([...keys].sort());
    for (const { method, path } of routes) {
      const { perSecond, burst } = throttleOf({ path });
      const expected = { ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: burst };
      expect(ofHttp.get(`${method} ${gatewayPath(path)}`)).toEqual(expected);
      expect(ofRest.get(`${method} ${gatewayPath(path)}`)).toMatchObject(expected);
    }
  });

  // It names routes that CloudFormation has to make before.
  test('of HTTP is told of throttles when its routes are there', () => {
    const [, { DependsOn }] = Object.entries(prod).find(([, one]) => one.Properties === httpStage) as [
      string,
      Resource & { DependsOn: string[] },
    ];
    const [[api]] = ofType(prod, 'AWS::ApiGatewayV2::Api') as [[string, Resource]];
    const ofApi = ofType(prod, 'AWS::ApiGatewayV2::Route').filter(([, one]) => one.Properties.ApiId.Ref === api);

    expect([...DependsOn].sort()).toEqual(ofApi.map(([id]) => id).sort());
  });

  test.each([
    ['HTTP', httpStage.AccessLogSettings, prod],
    ['REST', restStage.AccessLogSetting, rest],
  ])('of %s logs requests without what leads to a person, for a month', (_kind, { DestinationArn, Format }, made) => {
    const noted: Record<string, string> = JSON.parse(Format);
    const [, log = ''] = /"(apiaccesslog\w+)"/.exec(JSON.stringify(DestinationArn)) ?? [];

    expect(Object.values(noted).filter((variable) => !HARMLESS.has(variable))).toEqual([]);
    expect(noted).toMatchObject({ requestId: '$context.requestId', status: '$context.status' });
    expect(made[log]?.Properties.RetentionInDays).toBe(30);
  });

  test('of REST writes no log of its execution, which would hold paths and bodies', () => {
    for (const one of restStage.MethodSettings) {
      expect(one.LoggingLevel).toBeUndefined();
      expect(one.DataTraceEnabled).toBe(false);
    }
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
  const HARMLESS = new Set(
    ['requestId', 'requestTimeEpoch', 'httpMethod', 'status', 'responseLatency', 'responseLength', 'routeKey']
      .concat('resourcePath', 'error.responseType')
      .map((name) => `$context.${name}`),
  );
});

describe('the firewall (-c waf=on)', () => {
  const rules = ofType(guarded, 'AWS::WAFv2::WebACL').flatMap(([, { Properties }]) => Properties.Rules);

  test('stands before the stage of a REST API, if it is wanted', () => {
    const associations = ofType(guarded, 'AWS::WAFv2::WebACLAssociation').map(([, { Properties }]) => Properties);
    const [[stage]] = ofType(guarded, 'AWS::ApiGateway::Stage') as [[string, Resource]];

    expect(associations).toHaveLength(1);
    expect(JSON.stringify(associations[0].ResourceArn)).toContain(`{"Ref":"${stage}"}`);
    expect(JSON.stringify(rest)).not.toContain('WAFv2');
  });

  test('looks at no webhook, whose texts messengers would send again and again', () => {
    const { RegexString } =
      rules[0].Statement.RateBasedStatement.ScopeDownStatement.NotStatement.Statement.RegexMatchStatement;
    const outside = rules.map(
      ({ Statement }) => Object.values<Resource['Properties']>(Statement)[0].ScopeDownStatement,
    );

    expect(rules).toHaveLength(3);
    expect(new Set(outside.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(
      ['/dev/webhooks/a', '/webhooks/a', '/dev/v1/chats', '/v1/webhooks/a'].filter((path) =>
        new RegExp(RegexString).test(path),
      ),
    ).toEqual(['/dev/webhooks/a', '/webhooks/a']);
  });

  test('only counts what it thinks of bodies, and keeps no samples of requests', () => {
    const counted = rules.flatMap(({ Statement }) => Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? []);

    expect(counted.map(({ Name }) => Name)).toContain('SizeRestrictions_BODY');
    for (const { ActionToUse } of counted) expect(ActionToUse).toEqual({ Count: {} });
    expect(JSON.stringify(rules)).not.toContain('"SampledRequestsEnabled":true');
  });
});

describe('reserved concurrency (-c reserve=)', () => {
  const reservedOf = (resources: Resources) =>
    Object.fromEntries(
      ofType(resources, 'AWS::Lambda::Function').flatMap(([id, { Properties }]) => {
        const name = [...functionIds].find(([, one]) => one === id)?.[0];
        const most = Properties.ReservedConcurrentExecutions;
        return name === undefined || most === undefined ? [] : [[name, most]];
      }),
    );

  test('goes to those that store messages, fold chats and take replies, and to nobody without the flag', () => {
    expect(reservedOf(guarded)).toEqual({ 'receive-message': 100, 'fold-chat': 50, 'record-reply': 50 });
    expect(reservedOf(prod)).toEqual({});
  });

  test('is refused if it leaves too little for one of them', () => {
    expect(() => synth({ reserve: '19' })).toThrow(/^19 is too little for .*: -c reserve=20 or more$/);
  });
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
    const { STACK_NAME: _, ...names } = property('strip-slash', 'Environment').Variables;

    expect(names).toEqual(
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
    'assign-contact',
    'call-crm',
    'change-message',
    'deliver-event',
    'deliver-message',
    'erase-data',
    'manage-channels',
    'manage-crm',
    'manage-templates',
    'manage-webhooks',
    'open-frame',
    'read-crm-news',
    'receive-message',
    'record-reply',
    'refresh-crm',
    'store-file',
    'tend-channels',
    'wake-browsers',
  ];
  const variablesOf = (resources: Resources, name: string) =>
    resources[functionIds.get(name) ?? '']?.Properties.Environment?.Variables ?? {};

  test('privateAddresses is passed only to functions that call out, and only if it is given', () => {
    const may = (resources: Resources) => folders.filter((name) => 'PRIVATE_ADDRESSES' in variablesOf(resources, name));

    expect(may(dev)).toEqual(callers);
    expect(may(guarded)).toEqual([]);
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
    const knowing = (resources: Resources) => folders.filter((name) => 'PUBLIC_URL' in variablesOf(resources, name));
    const telling = Object.entries<FunctionDefinition>(functions).filter(([, { tellsAddresses }]) => tellsAddresses);
    const names = telling.map(([name]) => name);

    expect(names).toEqual(expect.arrayContaining(['deliver-event', 'read-chats']));
    expect(knowing(told)).toEqual([...names, 'manage-channels'].sort());
    for (const name of knowing(told)) {
      expect(variablesOf(told, name).PUBLIC_URL).toBe('https://konvert.example.com/a');
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

  test.each(['0', '-1', '1.5', 'all', '', '1000000'])('reserve may not be %o', (reserve) => {
    expect(() => synth({ reserve })).toThrow('-c reserve=200');
  });

  test.each([
    'team',
    'team@example',
    '@example.com',
    'a@b.c,d@e.f',
    'Team <a@b.c>',
    `${'a'.repeat(251)}@b.c`,
    '',
    true,
  ])('alarmEmail may not be %o', (alarmEmail) => {
    expect(() => synth({ alarmEmail })).toThrow('-c alarmEmail=team@example.com');
  });

  test.each([{ waf: 'on' }, { waf: 'on', gateway: 'http' }])(
    'waf is refused with %o: an HTTP API has none',
    (context) => {
      expect(() => synth(context)).toThrow('-c gateway=rest -c waf=on');
    },
  );

  test('waf is on or off', () => {
    expect(() => synth({ waf: 'yes', gateway: 'rest' })).toThrow('-c waf=on');
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
    const { CorsRules } = bucketOf(told).Properties.CorsConfiguration;
    expect(CorsRules[0].AllowedOrigins).toEqual(['https://konvert.example.com']);
  });

  test('is reached by TLS only, except where a local engine offers none', () => {
    expect(policyOf(prod)).toMatchObject([{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }]);
    expect(policyOf(dev)).toEqual([]);
  });

  test('forgets what clients sent after so many days, if that is wanted', () => {
    expect(bucketOf(told).Properties.LifecycleConfiguration.Rules).toEqual([
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

  test('let receive-crm-event mark what may have changed in a CRM, read accounts, and nothing else', () => {
    const ofOutbox = statementsOf('receive-crm-event').filter(({ Resource }) => list(Resource).includes('outbox'));
    expect(ofOutbox.map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['news#*'] } },
    ]);
    expect(tableGrantsOf('receive-crm-event')).toEqual([
      'dynamodb:GetItem on accounts',
      'dynamodb:UpdateItem on outbox',
    ]);
  });

  test('let only erase-data and watch-chats scan tables, only sweep-lanes an index, and only functions delete that remove lanes, rows, tasks, keys, routes, links, sockets, drafts, subscriptions or CRM entities', () => {
    const may = (action: string) => folders.filter((name) => tableGrantsOf(name).join().includes(action));

    const scans = (name: string) => tableGrantsOf(name).filter((grant) => grant.startsWith('dynamodb:Scan'));
    expect(may('dynamodb:Scan')).toEqual(['erase-data', 'sweep-lanes', 'watch-chats']);
    expect(scans('sweep-lanes')).toEqual(['dynamodb:Scan on chats/index/viewer-unanswered']);
    expect(may('dynamodb:DeleteItem')).toEqual([
      'answer-doorbell',
      'assign-contact',
      'call-crm',
      'deliver-event',
      'deliver-message',
      'do-tasks',
      'erase-data',
      'fold-chat',
      'hand-over',
      'keep-drafts',
      'manage-accounts',
      'manage-channels',
      'manage-crm',
      'manage-deliveries',
      'manage-people',
      'manage-push',
      'manage-settings',
      'mind-waits',
      'open-page',
      'read-crm-news',
      'record-reply',
      'retry-fold',
      'ring-doorbell',
      'sync-directory',
      'wake-browsers',
      'watch-chats',
    ]);
  });

  test.each(folders)(
    'of %s for writes to accounts name their partitions, and only those of manage-accounts put keys',
    (name) => {
      const writes = statementsOf(name).filter(({ Action, Resource }) =>
        [Action].flat().some((action) => /Put|Update|Delete/.test(action) && list(Resource).includes('accounts')),
      );
      const partitions = writes.flatMap(
        ({ Condition }) => Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'],
      );

      expect(partitions.filter((one) => !/^[a-z]+(#\*)?$/.test(one))).toEqual([]);
      // A closed account goes with its keys.
      const mayKeys = name === 'manage-accounts' || name === 'erase-data';
      expect(partitions.some((one) => /^(key|operator)/.test(one))).toBe(mayKeys);
    },
  );

  test.each([
    [
      'receive-message',
      'channel#*',
      ['connectionId', 'madeAt', 'ownerId', 'sequence', 'state', 'storedAt'],
      ['blockedAt', 'isBlocked', 'link', 'linkAt', 'tier', 'tierAt'],
    ],
    ['deliver-event', 'account#*', ['endedAt', 'ver']],
    ['deliver-message', 'channel#*', ['credentialsVersion', 'refusedVersion']],
    [
      'sync-directory',
      'channel#*',
      ['hadRoles', 'mode', 'pipelineId', 'placing', 'roles', 'schedule', 'stageId', 'ver', 'waiting'],
    ],
    ['do-tasks', 'channel#*', ['placing', 'ver']],
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
    // That of a closed account is only removed.
    const noting = folders.filter(
      (name) => name !== 'erase-data' && JSON.stringify(statementsOf(name)).includes('use#*'),
    );

    expect(noting).toEqual([...new Set(taking.map((route) => route.function))].sort());
  });

  const sealedFor = (pattern: string) => ({
    'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['for'] },
    StringLikeIfExists: { 'kms:EncryptionContext:for': pattern },
  });

  const CHANNELS = '????????-????-????-????-????????????';
  const RECEIVERS = `receiver#${CHANNELS}`;
  const CRMS = `crm#${CHANNELS}`;
  const CRM_TOKENS = `crm-tokens#${CHANNELS}`;

  test('are for what is sealed by those names', () => {
    expect(receiverContext('*')).toBe('receiver#*');
  });

  test.each(folders)('of %s for KMS carry the context', (name) => {
    const found = statementsOf(name).filter(({ Action }) => String(Action).includes('kms:'));

    for (const { Condition } of found) {
      expect([CHANNELS, RECEIVERS, CRMS, CRM_TOKENS, INSTALLATION].map(sealedFor)).toContainEqual(Condition);
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
      'call-crm',
      'change-message',
      'deliver-event',
      'deliver-message',
      'do-tasks',
      'erase-data',
      'fold-chat',
      'hand-over',
      'manage-people',
      'mind-waits',
      'open-page',
      'publish-events',
      'read-chats',
      'read-crm-news',
      'receive-message',
      'record-reply',
      'retry-fold',
      'set-no-reply-needed',
      'store-file',
      'tend-channels',
      'wake-browsers',
      'watch-chats',
    ]);
  });

  test('let only functions that serve or call messengers open secrets, and only those that may change them seal them', () => {
    expect(mayKms('kms:Decrypt', CHANNELS)).toEqual([
      'change-message',
      'deliver-message',
      'erase-data',
      'manage-channels',
      'manage-templates',
      'receive-message',
      'record-reply',
      'store-file',
      'tend-channels',
    ]);
    expect(mayKms('kms:Encrypt', CHANNELS)).toEqual(['manage-channels', 'tend-channels']);
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
    expect(ofType(dev, 'AWS::SQS::QueuePolicy')).toEqual([]);
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

  test('of schedules run the sweep every minute, the refresh of CRMs every five, the tending of channels every ten and the watchdog every day', () => {
    const rules = ofType(prod, 'AWS::Events::Rule').map(([, { Properties }]) => [
      Properties.ScheduleExpression,
      Properties.Targets[0].Arn['Fn::GetAtt'][0],
    ]);

    expect(rules.sort()).toEqual([
      ['rate(1 day)', functionIds.get('watch-chats')],
      ['rate(1 minute)', functionIds.get('sweep-lanes')],
      ['rate(10 minutes)', functionIds.get('tend-channels')],
      ['rate(5 minutes)', functionIds.get('refresh-crm')],
    ]);
  });
});

describe('the template', () => {
  // CloudFormation takes 500 resources:
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
  // A REST API takes a resource for each part of a path and for each method: with waits, the team and statistics 478 in
  // all, and 483 with every option. Past 490 the stack has to be split.
  test.each([
    ['http', prod, 460],
    ['rest', rest, 490],
    ['rest and everything else', guarded, 490],
  ])(
    'leaves room for more with the gateway %s, and makes no policy that could stand in its role',
    (_gateway, made, most) => {
      expect(Object.keys(made).length).toBeLessThanOrEqual(most);
      expect(ofType(made, 'AWS::IAM::Policy')).toEqual([]);
      expect(ofType(made, 'AWS::IAM::ManagedPolicy')).toEqual([]);
    },
  );

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

  test('of the stage prod protects the stack and what holds data, and that of dev deletes it with the stack', () => {
    const holding = /^AWS::(DynamoDB::Table|S3::Bucket|KMS::Key|Logs::LogGroup)$/;
    const policies = (resources: Resources) =>
      Object.values(resources).flatMap(({ Type, DeletionPolicy }) => (holding.test(Type) ? [DeletionPolicy] : []));
    const guards = (resources: Resources) =>
      ofType(resources, 'AWS::DynamoDB::Table').map(([, { Properties }]) => [
        Properties.DeletionProtectionEnabled,
        Properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled,
      ]);
    const isLocked = (stage: string) => createKonvertApp({ ...withoutBundles, stage }).stack.terminationProtection;

    expect(new Set(policies(prod))).toEqual(new Set(['Retain']));
    expect(new Set(policies(dev))).toEqual(new Set(['Delete']));
    expect(new Set(guards(prod).flat())).toEqual(new Set([true]));
    expect(new Set(guards(dev).flat())).toEqual(new Set([false]));
    expect([isLocked('prod'), isLocked('dev')]).toEqual([true, false]);
    expect(() => synth({ stage: 'staging' })).toThrow('There is no stage "staging"');
  });

  // CloudFormation names what has no name after the stack, which has the stage in its name.
  test('carries the stage in every name that people see', () => {
    const named = ({ Type, Properties }: Resource) =>
      /^AWS::(ApiGatewayV2::Api|ApiGateway::RestApi|WAFv2::WebACL)$/.test(Type) ? [Properties.Name] : [];

    expect(Object.values(prod).flatMap(named)).toEqual(['konvert-prod', 'konvert-prod-doorbell']);
    expect(Object.values(dev).flatMap(named)).toEqual(['konvert-dev', 'konvert-dev-doorbell']);
    expect(Object.values(guarded).flatMap(named)).toEqual(['konvert-dev', 'konvert-dev']);
    expect(ofType(guarded, 'AWS::ApiGateway::Stage').map(([, one]) => one.Properties.StageName)).toEqual(['dev']);
  });
});

describe('alarms', () => {
  const alarmsOf = (resources: Resources) =>
    ofType(resources, 'AWS::CloudWatch::Alarm').map(([, one]) => one.Properties);
  const nameOf = ({ AlarmDescription }: Resource['Properties']) => AlarmDescription.split(':')[0];
  const explained = sectionOf(readFileSync('docs/operations.md', 'utf8'), 'An alarm went off');

  test.each([
    ['an HTTP API', prod],
    ['a REST API', rest],
  ])('of a stack with %s are those that docs/operations.md explains', (_, resources) => {
    const rows = [...explained.matchAll(/^\| _([^_]+)_ +\|/gm)].map(([, name]) => name);

    expect(alarmsOf(resources).map(nameOf).sort()).toEqual(rows.sort());
    expect(rows.length).toBeLessThanOrEqual(14);
  });

  test('look at metrics that some function writes when its fault is played, or that AWS makes', () => {
    const own = alarmsOf(prod).filter(({ Namespace }) => Namespace === 'Konvert');
    // A reader's age is measured by what starts it: `test/aws/listener.test.ts`.
    const written = new Set<string>(['StreamAgeSeconds', ...faults.map(({ metric }) => metric)]);

    expect(own.map(({ MetricName }) => MetricName).filter((name) => !written.has(name))).toEqual([]);
    expect(metricNames.filter((name) => !written.has(name))).toEqual([]);
    for (const { Dimensions } of own) expect(Dimensions).toEqual([{ Name: 'stack', Value: { Ref: 'AWS::StackName' } }]);
    for (const { TreatMissingData } of alarmsOf(prod)) expect(TreatMissingData).toBe('notBreaching');
  });

  test('tell whoever is named when they begin and when they end, and nobody if nobody is named', () => {
    const [topic = ''] = ofType(guarded, 'AWS::SNS::Topic').map(([id]) => id);
    const subscriptions = ofType(guarded, 'AWS::SNS::Subscription').map(([, one]) => one.Properties);

    expect(subscriptions).toEqual([{ Protocol: 'email', Endpoint: 'team@shop.example', TopicArn: { Ref: topic } }]);
    for (const { AlarmActions, OKActions } of alarmsOf(guarded)) {
      expect([AlarmActions, OKActions]).toEqual([[{ Ref: topic }], [{ Ref: topic }]]);
    }
    expect(ofType(prod, 'AWS::SNS::Topic')).toEqual([]);
    expect(alarmsOf(prod).filter(({ AlarmActions }) => AlarmActions !== undefined)).toEqual([]);
  });

  test('reach the topic: CloudWatch may publish, and use the key that seals it, for this account only', () => {
    const [[, topic] = []] = ofType(guarded, 'AWS::SNS::Topic');
    const key = guarded[topic?.Properties.KmsMasterKeyId['Fn::GetAtt'][0]]?.Properties.KeyPolicy;
    const [[, policy] = []] = ofType(guarded, 'AWS::SNS::TopicPolicy');
    const ofCloudWatch = ({ Statement }: Resource['Properties']) =>
      Statement.filter(({ Principal }: Resource['Properties']) => Principal.Service === 'cloudwatch.amazonaws.com');
    const Condition = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };

    expect(ofCloudWatch(policy?.Properties.PolicyDocument)).toMatchObject([{ Action: 'sns:Publish', Condition }]);
    expect(ofCloudWatch(key)).toMatchObject([{ Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Condition }]);
    expect(policy?.Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });

  test('stand on one dashboard, with every metric that functions write', () => {
    const boards = ofType(prod, 'AWS::CloudWatch::Dashboard').map(([, one]) => one.Properties);
    const shown = JSON.stringify(boards[0]?.DashboardBody);

    expect(boards).toHaveLength(1);
    expect(JSON.stringify(boards[0]?.DashboardName)).toContain('AWS::StackName');
    for (const [id] of ofType(prod, 'AWS::CloudWatch::Alarm')) expect(shown).toContain(id);
    expect(metricNames.filter((name) => !shown.includes(name))).toEqual([]);
  });
});

/** A section of a document, without its title. */
function sectionOf(text: string, title: string): string {
  const [, ...rest] = text.split(`\n## ${title}\n`);
  return rest.join('').split('\n## ')[0] ?? '';
}

describe('bundles', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'konvert-bundles-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  // A thread has an environment of its own, and costs half of what a process does.
  test.each(folders)('of %s start with the environment of the template', async (name) => {
    const variables = Object.keys(property(name, 'Environment')?.Variables ?? {});
    const valueFor = (key: string) => (key.endsWith('_URL') ? 'https://some.example/some' : 'some');
    const env = Object.fromEntries([...variables, 'AWS_REGION'].map((key) => [key, valueFor(key)]));
    const code = `require('worker_threads').parentPort.postMessage(typeof require('${folder}/${name}/index.js').handler)`;

    bundleFunction(name, join(folder, name));

    const thread = new Worker(code, { eval: true, env });
    const [started] = await once(thread, 'message');
    await thread.terminate();
    expect(started).toBe('function');
  });
});
