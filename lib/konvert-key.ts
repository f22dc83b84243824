import { Aws, type RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { SecretUse } from '#lib/function-definition';
import type { Stage } from '#lib/stage';
import { SECRETS_CONTEXT, SECRETS_KEY_VARIABLE } from '#lib/variable-names';

/**
 * What a secret is sealed for: the id of its channel, the receiver of an account, a CRM, or the installation
 * (`src/store/accounts/keys.ts`). A request without a context passes, because the local engines know none of these
 * conditions; what was sealed with a context does not open without it.
 */
function sealedFor(pattern: string): object {
  return {
    'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': [SECRETS_CONTEXT] },
    StringLikeIfExists: { [`kms:EncryptionContext:${SECRETS_CONTEXT}`]: pattern },
  };
}

const UUID = '????????-????-????-????-????????????';
const FOR_CHANNELS = sealedFor(UUID);
const FOR_RECEIVERS = sealedFor(`receiver#${UUID}`);
const FOR_CRMS = sealedFor(`crm#${UUID}`);
const FOR_CRM_TOKENS = sealedFor(`crm-tokens#${UUID}`);
const FOR_INSTALLATION = sealedFor('installation');

const GRANTS = {
  open: { action: 'kms:Decrypt', conditions: FOR_CHANNELS },
  seal: { action: 'kms:Encrypt', conditions: FOR_CHANNELS },
  openReceiver: { action: 'kms:Decrypt', conditions: FOR_RECEIVERS },
  sealReceiver: { action: 'kms:Encrypt', conditions: FOR_RECEIVERS },
  openCrm: { action: 'kms:Decrypt', conditions: FOR_CRMS },
  sealCrm: { action: 'kms:Encrypt', conditions: FOR_CRMS },
  openCrmTokens: { action: 'kms:Decrypt', conditions: FOR_CRM_TOKENS },
  sealCrmTokens: { action: 'kms:Encrypt', conditions: FOR_CRM_TOKENS },
  sign: { action: 'kms:Decrypt', conditions: FOR_INSTALLATION },
  found: { action: 'kms:Encrypt', conditions: FOR_INSTALLATION },
} as const satisfies Record<SecretUse, { readonly action: string; readonly conditions: object }>;

/** The differences between keys of deployments. */
export interface KonvertKeyProps {
  readonly stage: Stage;
  readonly removalPolicy: RemovalPolicy;
}

/** The KMS key that seals the secrets of channels, receivers, CRMs and the installation. Its material is renewed every year. */
export class KonvertKey extends Construct {
  private readonly key: Key;

  constructor(scope: Construct, id: string, { stage, removalPolicy }: KonvertKeyProps) {
    super(scope, id);
    const description = `Konvert (${stage}): secrets of channels`;
    this.key = new Key(this, 'key', { description, enableKeyRotation: true, removalPolicy });
  }

  /**
   * The key, for what alarms tell. CloudWatch may use it for alarms of this AWS account only; a key of AWS's own would keep
   * it out, and nobody would be told. https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
   */
  forAlarms(): Key {
    this.key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    return this.key;
  }

  /** Lets the function use secrets, and puts the key's id into its environment. */
  grant(grantee: LambdaFunction, uses: readonly SecretUse[]): void {
    if (uses.length === 0) return;
    for (const use of uses) {
      const { action, conditions } = GRANTS[use];
      grantee.addToRolePolicy(new PolicyStatement({ actions: [action], resources: [this.key.keyArn], conditions }));
    }
    grantee.addEnvironment(SECRETS_KEY_VARIABLE, this.key.keyId);
  }
}
