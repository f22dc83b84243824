import { Validations } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/**
 * Says why a rule of cdk-nag is not kept by a construct and what is in it. `test/lib/nag.test.ts` fails for a rule that
 * is broken and not acknowledged, and for an acknowledgement that nothing needs.
 */
export function acknowledge(construct: Construct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
}

/** The same for a resource with a wildcard that is granted to a function, in the words of the rule. */
export function acknowledgeGrant(grantee: LambdaFunction, resource: string, reason: string): void {
  acknowledge(grantee.role ?? grantee, `IAM5[Resource::${resource}]`, reason);
}
