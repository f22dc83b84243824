import type { Engine } from './engine.ts';

/** A resource of the deployed stack. */
export interface StackResource {
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId: string;
  readonly ResourceType: string;
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
