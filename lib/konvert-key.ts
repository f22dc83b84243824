import type { RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { SecretUse } from '#lib/functions';
import { SECRETS_KEY_VARIABLE } from '#lib/variable-names';

const ACTIONS = { open: 'kms:Decrypt', seal: 'kms:Encrypt' } as const satisfies Record<SecretUse, string>;

/** The KMS key that seals the secrets of channels. Its material is renewed every year. */
export class KonvertKey extends Construct {
  private readonly key: Key;

  constructor(scope: Construct, id: string, { removalPolicy }: { readonly removalPolicy: RemovalPolicy }) {
    super(scope, id);
    this.key = new Key(this, 'key', { description: 'Secrets of channels', enableKeyRotation: true, removalPolicy });
  }

  /** Lets the function open or seal secrets, and puts the key's id into its environment. */
  grant(grantee: LambdaFunction, uses: readonly SecretUse[]): void {
    if (uses.length === 0) return;
    this.key.grant(grantee, ...uses.map((use) => ACTIONS[use]));
    grantee.addEnvironment(SECRETS_KEY_VARIABLE, this.key.keyId);
  }
}
