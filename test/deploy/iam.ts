import { functions } from '#lib/functions';
import type { Engine } from './engine.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** One deployed grant: an action of a function on a resource. */
export interface Grant {
  readonly function: string;
  readonly action: string;
  readonly place: string;
  remove(): Promise<void>;
  restore(): Promise<void>;
}

interface StackResource {
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId: string;
  readonly ResourceType: string;
}

/** The actions that `lib/functions.ts` grants. CDK adds what event sources need. */
const OURS =
  /^(dynamodb:(Get|BatchGet|Put|Update|Delete|ConditionCheck)Item|dynamodb:Query|dynamodb:Scan|sqs:SendMessage|lambda:InvokeFunction|kms:.*)$/;

/** A grant in words. */
export function grantWords({ function: name, action, place }: Grant): string {
  return `${name}: ${action} on ${place}`;
}

/** The resources of the deployed stack. */
export async function resourcesOf({ call }: Engine): Promise<readonly StackResource[]> {
  return (await call('cloudformation', 'describe_stack_resources', { StackName: 'konvert-dev' })).StackResources;
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
          place: placeOf(String(statement.Resource), resources),
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

/** The resource's name in the stack, with the index if it is one. */
function placeOf(arn: string, resources: readonly StackResource[]): string {
  const [table = '', index] = arn.split('/index/');
  const short = table.split(/[:/]/).at(-1) ?? '';
  const found = resources.find(({ PhysicalResourceId }) => PhysicalResourceId.split(/[:/]/).at(-1) === short);
  const name = found?.LogicalResourceId.replace(/^(tables|queues|secrets)|[0-9A-F]{8}$/g, '') ?? short;
  return index === undefined ? name : `${name}/${index}`;
}
