import { Duration, Stack } from 'aws-cdk-lib';
import type { ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { acknowledgeGrant } from '#lib/acknowledge';
import { alarmAbove } from '#lib/alarm';
import { createDashboard } from '#lib/dashboard';
import type { FunctionDefinition } from '#lib/function-definition';
import { type FunctionName, functions } from '#lib/functions';
import { KonvertAlarms } from '#lib/konvert-alarms';
import { KonvertApi } from '#lib/konvert-api';
import { KonvertDoorbell } from '#lib/konvert-doorbell';
import { KonvertFiles } from '#lib/konvert-files';
import { KonvertFunction } from '#lib/konvert-function';
import { KonvertKey } from '#lib/konvert-key';
import { KonvertQueues } from '#lib/konvert-queues';
import { KonvertTables } from '#lib/konvert-tables';
import { type Listener, listeners, type StreamFilter } from '#lib/listeners';
import type { KonvertOptions } from '#lib/options';
import { reservedFor } from '#lib/reserved';
import type { RoutedName } from '#lib/routes';
import { removalPolicyOf } from '#lib/stage';
import { functionVariable, PUBLIC_URL_VARIABLE } from '#lib/variable-names';

const LATE_MS = 5 * 60_000;

/** All of Konvert in one account and region. No secret is in its template. */
export class KonvertStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    {
      stage,
      gateway,
      doorbell,
      privateAddresses,
      plainHttp,
      publicUrl,
      filesDays,
      waf,
      reserve,
      alarmEmail,
    }: KonvertOptions,
  ) {
    const isProtected = stage === 'prod';
    super(scope, id, {
      description: `Konvert (${stage}): unanswered chats, their distribution and delivery`,
      terminationProtection: isProtected,
    });
    const removalPolicy = removalPolicyOf(stage);
    const tables = new KonvertTables(this, 'tables', { removalPolicy, isProtected });
    const queues = new KonvertQueues(this, 'queues', { tlsOnly: !plainHttp });
    const api = new KonvertApi(this, 'api', { gateway, stage, removalPolicy, waf });
    const pageOrigin = publicUrl === undefined ? api.origin : new URL(publicUrl).origin;
    const files = new KonvertFiles(this, 'files', { removalPolicy, tlsOnly: !plainHttp, pageOrigin, filesDays });
    const sockets = doorbell ? new KonvertDoorbell(this, 'doorbell', { stage }) : undefined;
    const key = new KonvertKey(this, 'secrets', { stage, removalPolicy });

    const made = {} as Record<FunctionName, KonvertFunction>;
    for (const name of Object.keys(functions) as FunctionName[]) {
      const definition: FunctionDefinition = functions[name];
      const { timeoutSeconds, ringsItself = false, sendsTo = [], secrets = [], callsOut = false } = definition;
      const { accountWrites = [], outboxWrites = [], pageWrites = [], tellsAddresses = false } = definition;
      const { namesBucket = false } = definition;
      const timeout = Duration.seconds(timeoutSeconds);
      const reserved = reservedFor(name, reserve);
      made[name] = new KonvertFunction(this, name, { timeout, ringsItself, removalPolicy, reserved });
      tables.grant(made[name], definition.tables);
      tables.grantWrites(made[name], 'accounts', accountWrites);
      tables.grantWrites(made[name], 'outbox', outboxWrites);
      tables.grantWrites(made[name], 'pages', pageWrites);
      if (definition.doorbell) sockets?.grant(made[name], definition.doorbell);
      queues.grantSend(made[name], sendsTo);
      key.grant(made[name], secrets);
      if (definition.files) files.grant(made[name], definition.files);
      if (namesBucket) files.tellName(made[name]);
      if (tellsAddresses) made[name].addEnvironment(PUBLIC_URL_VARIABLE, publicUrl ?? api.url);
      if (callsOut && privateAddresses) made[name].addEnvironment('PRIVATE_ADDRESSES', 'allow');
    }

    for (const [name, { passesTo = [] }] of Object.entries<FunctionDefinition>(functions)) {
      for (const target of passesTo) letCall(made[name as FunctionName], target, made[target]);
    }

    if (publicUrl !== undefined) made['manage-channels'].addEnvironment(PUBLIC_URL_VARIABLE, publicUrl);
    api.serve(made);
    sockets?.serve(made['answer-doorbell']);
    for (const listener of listeners as readonly Listener[]) {
      const target = made[listener.function as FunctionName];
      if ('stream' in listener) readStream(tables.get(listener.stream), target, listener);
      else if ('queue' in listener) queues.listen(listener.queue, target);
      else runEvery(Duration.minutes(listener.everyMinutes), target);
    }
    new KonvertAlarms(this, 'alarms', { queues, key, email: alarmEmail });
    createDashboard(this, 'dashboard');
  }
}

/** Lets a function call another one, and puts its name into the environment. */
function letCall(caller: KonvertFunction, name: RoutedName, target: KonvertFunction): void {
  caller.addToRolePolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.functionArn] }));
  caller.addEnvironment(functionVariable(name), target.functionName);
}

interface ReadOptions {
  readonly filters?: readonly (StreamFilter | undefined)[];
  readonly most?: number;
  readonly lossy?: boolean;
}

/**
 * Starts the reader for every new or changed item. A batch that fails is retried until it is a day old, and is halved
 * to find the record that fails. If records may be lost, it is tried once more, and what is old is not read any more.
 */
function readStream(
  table: Table,
  reader: KonvertFunction,
  { filters = [undefined], most = 100, lossy = false }: ReadOptions,
): void {
  reader.addEventSource(
    // CDK's own types are not exact about optional properties.
    new DynamoEventSource(table as ITable, {
      // With LATEST, a new reader may miss what is written while it starts.
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: most,
      ...(lossy ? { retryAttempts: 1, maxRecordAge: Duration.minutes(1) } : { bisectBatchOnError: true }),
      filters: filters.map((filter) =>
        FilterCriteria.filter({
          eventName: FilterRule.or('INSERT', 'MODIFY'),
          ...(filter && { dynamodb: { NewImage: ruleOf(filter) } }),
        }),
      ),
    }),
  );
  acknowledgeGrant(reader, '*', 'AWS has no narrower resource for ListStreams, which returns only names');
  // A reader that may lose records is never behind.
  if (lossy) return;
  const why = `${reader.node.id} is five minutes behind: one record of its shard may fail again and again`;
  alarmAbove(reader, 'late', reader.metric('IteratorAge'), LATE_MS, why);
}

/** The rule for an image, in the form in which streams write it: texts in `S`, maps in `M`. */
function ruleOf(filter: StreamFilter): object {
  const [attribute, ...inner] = filter.attribute.split('.') as [string, ...string[]];
  return {
    [attribute]: inner.reduceRight<unknown>((within, name) => ({ M: { [name]: within } }), valueRuleOf(filter)),
  };
}

function valueRuleOf(filter: StreamFilter): unknown {
  if ('absent' in filter) return FilterRule.notExists();
  return { S: 'equals' in filter ? FilterRule.isEqual(filter.equals) : FilterRule.beginsWith(filter.beginsWith) };
}

/** Starts the function again and again, without retries: the next run does what the last one left undone. */
function runEvery(interval: Duration, target: KonvertFunction): void {
  target.configureAsyncInvoke({ retryAttempts: 0 });
  new Rule(target, 'schedule', { schedule: Schedule.rate(interval), targets: [new FunctionTarget(target)] });
}
