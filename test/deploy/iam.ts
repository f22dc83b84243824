import { isDeepStrictEqual } from 'node:util';
import { functions } from '#lib/functions';
import type { Engine, Judged } from './engine.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/** One deployed grant: an action of a function on a resource. */
export interface Grant {
  readonly function: string;
  readonly action: string;
  readonly place: string;
  /** Whether the call was allowed by this grant alone. */
  isNeededFor(call: Judged): boolean;
  /** Whether the call was refused, and this grant is for such calls. */
  isMissedBy(call: Judged): boolean;
  remove(): Promise<void>;
  restore(): Promise<void>;
}

/** A resource of the deployed stack. */
export interface StackResource {
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId: string;
  readonly ResourceType: string;
}

/** The actions that `lib/functions.ts` grants. CDK adds what event sources and logs need. */
const OURS =
  /^(dynamodb:(Get|BatchGet|Put|Update|Delete|ConditionCheck)Item|dynamodb:Query|dynamodb:Scan|sqs:SendMessage|lambda:InvokeFunction|kms:.*|s3:.*|execute-api:.*)$/;

/** A grant in words. */
export function grantWords({ function: name, action, place }: Grant): string {
  return `${name}: ${action} on ${place}`;
}

/** The resources of the deployed stack. */
export async function resourcesOf({ call }: Engine): Promise<readonly StackResource[]> {
  return (await call('cloudformation', 'describe_stack_resources', { StackName: 'konvert-dev' })).StackResources;
}

/** The physical id of a resource, by its logical id without the hash that CDK puts behind it. */
export function physicalOf(resources: readonly StackResource[], id: string): string {
  const named = new RegExp(`^${id}[0-9A-F]{8}$`);
  return resources.find(({ LogicalResourceId }) => named.test(LogicalResourceId))?.PhysicalResourceId ?? '';
}

/** Every grant of every function. */
export async function findGrants(engine: Engine): Promise<Grant[]> {
  const resources = await resourcesOf(engine);
  const grants = await Promise.all(Object.keys(functions).map((name) => grantsOf(engine, resources, name)));
  return grants.flat();
}

async function grantsOf({ call }: Engine, resources: readonly StackResource[], name: string): Promise<Grant[]> {
  const id = new RegExp(`^${name.replaceAll('-', '')}role[0-9A-F]{8}$`);
  const role = resources.find((one) => one.ResourceType === 'AWS::IAM::Role' && id.test(one.LogicalResourceId));
  if (!role) throw new Error(`No role of ${name} is deployed`);
  const RoleName = role.PhysicalResourceId;
  const { PolicyNames } = await call('iam', 'list_role_policies', { RoleName });
  const perPolicy = await Promise.all(
    (PolicyNames as string[]).map(async (PolicyName) => {
      const { PolicyDocument } = await call('iam', 'get_role_policy', { RoleName, PolicyName });
      const whole = typeof PolicyDocument === 'string' ? JSON.parse(PolicyDocument) : PolicyDocument;
      const single = (whole.Statement as Statement[]).flatMap(split);
      const put = (Statement: readonly Statement[]) =>
        call('iam', 'put_role_policy', {
          RoleName,
          PolicyName,
          PolicyDocument: JSON.stringify({ ...whole, Statement }),
        });
      return single
        .filter(({ Action }) => OURS.test(String(Action)))
        .map((statement) => ({
          function: name,
          action: String(statement.Action),
          place: placeOf(statement, resources),
          isNeededFor: (call: Judged) =>
            isFor(RoleName, statement, call) &&
            call.isAllowed &&
            call.by.length === 1 &&
            isDeepStrictEqual(call.by[0]?.conditions, statement.Condition ?? {}),
          isMissedBy: (call: Judged) => isFor(RoleName, statement, call) && !call.isAllowed,
          remove: () => put(single.filter((one) => one !== statement)),
          restore: () => put(whole.Statement),
        }));
    }),
  );
  return perPolicy.flat();
}

/** Splits a statement, which CDK may have joined, into one for each action on each resource. */
function split(statement: Statement): Statement[] {
  return [statement.Resource].flat().flatMap((Resource) => {
    return [statement.Action].flat().map((Action) => ({ ...statement, Action, Resource }));
  });
}

/** Whether that role asked for what the statement names. */
function isFor(role: string, { Action, Resource }: Statement, call: Judged): boolean {
  return call.role === role && call.action === Action && matches(String(Resource), call.resource);
}

/** Whether a resource is one of those of a statement. */
function matches(pattern: string, resource: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(resource);
}

/** The resource's name in the stack, with the index if it is one, and the part of it that a condition leaves. */
function placeOf({ Resource, Condition = {} }: Statement, resources: readonly StackResource[]): string {
  const place = nameOf(String(Resource), resources);
  const parts = Object.values(Condition)
    .flatMap((one: object) => Object.values(one))
    .flat();
  return parts.length === 0 ? place : `${place} (${parts.join(', ')})`;
}

function nameOf(arn: string, resources: readonly StackResource[]): string {
  const [table = '', index] = arn.split('/index/');
  const short = table.split(/[:/]/).at(-1) ?? '';
  const found = resources.find(({ PhysicalResourceId }) => PhysicalResourceId.split(/[:/]/).at(-1) === short);
  const name = found?.LogicalResourceId.replace(/^(tables|queues|secrets)|[0-9A-F]{8}$/g, '') ?? short;
  return index === undefined ? name : `${name}/${index}`;
}

/** The grants that nothing so far needed. */
export async function unneededGrants(engine: Engine): Promise<string[]> {
  const [calls, grants] = [await engine.judged(), await findGrants(engine)];
  return grants.filter((grant) => !calls.some(grant.isNeededFor)).map(grantWords);
}
