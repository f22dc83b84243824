import type { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { SecretUse } from '#lib/functions';
import { SECRETS_KEY_VARIABLE } from '#lib/variable-names';

/** The secret of the installation is sealed for this name, which `src/store/accounts/keys.ts` holds too. */
const ONLY_INSTALLATION = { StringEquals: { 'kms:EncryptionContext:for': 'installation' } };

const GRANTS = {
  open: { actions: ['kms:Decrypt'] },
  seal: { actions: ['kms:Encrypt'] },
  sign: { actions: ['kms:Decrypt'], conditions: ONLY_INSTALLATION },
  found: { actions: ['kms:Encrypt'], conditions: ONLY_INSTALLATION },
} as const satisfies Record<SecretUse, { readonly actions: readonly string[]; readonly conditions?: object }>;

/** The KMS key that seals the secrets of channels and that of the installation. Its material is renewed every year. */
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
      const { actions, ...only } = { ...GRANTS[use], actions: [...GRANTS[use].actions] };
      grantee.addToRolePolicy(new PolicyStatement({ actions, resources: [this.key.keyArn], ...only }));
    }
    grantee.addEnvironment(SECRETS_KEY_VARIABLE, this.key.keyId);
  }
}
