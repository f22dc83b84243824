import type { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { SecretUse } from '#lib/function-definition';
import { SECRETS_CONTEXT, SECRETS_KEY_VARIABLE } from '#lib/variable-names';

/**
 * What a secret is sealed for: the id of its channel, the receiver of an account, or the installation
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
const FOR_INSTALLATION = sealedFor('installation');

const GRANTS = {
  open: { action: 'kms:Decrypt', conditions: FOR_CHANNELS },
  seal: { action: 'kms:Encrypt', conditions: FOR_CHANNELS },
  openReceiver: { action: 'kms:Decrypt', conditions: FOR_RECEIVERS },
  sealReceiver: { action: 'kms:Encrypt', conditions: FOR_RECEIVERS },
  sign: { action: 'kms:Decrypt', conditions: FOR_INSTALLATION },
  found: { action: 'kms:Encrypt', conditions: FOR_INSTALLATION },
} as const satisfies Record<SecretUse, { readonly action: string; readonly conditions: object }>;

/** The KMS key that seals the secrets of channels, receivers and the installation. Its material is renewed every year. */
export class KonvertKey extends Construct {
  private readonly key: Key;

  constructor(scope: Construct, id: string, { removalPolicy }: { readonly removalPolicy: RemovalPolicy }) {
    super(scope, id);
    this.key = new Key(this, 'key', { description: 'Secrets of channels', enableKeyRotation: true, removalPolicy });
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
