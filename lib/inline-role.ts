import {
  type AddToPrincipalPolicyResult,
  PolicyDocument,
  type PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * A role for a service, with all that is granted to it inline. CDK would make a policy of its own for each role, and a
 * template has no room for so many resources (ADR 99). The name of the policy must not be that of such a policy: what
 * an update deletes last would be the new one.
 */
export class InlineRole extends Role {
  private readonly inline: PolicyDocument;

  constructor(scope: Construct, id: string, service: string) {
    const grants = new PolicyDocument();
    super(scope, id, { assumedBy: new ServicePrincipal(service), inlinePolicies: { grants } });
    this.inline = grants;
  }

  override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.inline.addStatements(statement);
    return { statementAdded: true, policyDependable: this };
  }
}
