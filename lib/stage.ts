import { RemovalPolicy } from 'aws-cdk-lib';

/** What a stack is for: `prod` keeps its data when it is deleted, `dev` does not. */
export type Stage = 'dev' | 'prod';

/** The stage of `-c stage=…`, or `prod` if none is given. Refuses any other word. */
export function readStage(context: unknown = 'prod'): Stage {
  if (context === 'dev' || context === 'prod') return context;
  throw new Error(`There is no stage "${context}": -c stage=dev or -c stage=prod`);
}

/** What happens to a stage's data when its stack is deleted. */
export function removalPolicyOf(stage: Stage): RemovalPolicy {
  return stage === 'prod' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
