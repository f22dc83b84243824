import { CfnOutput, Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  HttpMethods,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeGrant } from '#lib/acknowledge';
import type { FileAccess } from '#lib/function-definition';
import { FILES_BUCKET_VARIABLE } from '#lib/variable-names';

/** The bucket's settings that differ between deployments. */
export interface KonvertFilesProps {
  readonly removalPolicy: RemovalPolicy;
  readonly tlsOnly: boolean;
  /** The origin of the page. Only pages from there may upload to signed addresses. */
  readonly pageOrigin: string;
  /** After so many days files of clients are deleted. Undefined: they are kept. */
  readonly filesDays: number | undefined;
}

/** Uploads that no message took, and those of which it took a copy. */
const OLD_UPLOADS = { id: 'uploads', prefix: 'up/', expiration: Duration.days(2) };

/**
 * The bucket of files: those of clients below `in/`, those of the team below `out/`, and below `up/` what was uploaded for
 * a message. Nothing in it is public.
 */
export class KonvertFiles extends Construct {
  private readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { removalPolicy, tlsOnly, pageOrigin, filesDays }: KonvertFilesProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: tlsOnly,
      removalPolicy,
      cors: [{ allowedMethods: [HttpMethods.PUT], allowedOrigins: [pageOrigin], allowedHeaders: ['content-*'] }],
      lifecycleRules: [
        OLD_UPLOADS,
        ...(filesDays === undefined
          ? []
          : [{ id: 'files-of-clients', prefix: 'in/', expiration: Duration.days(filesDays) }]),
      ],
    });
    acknowledge(this.bucket, 'S1', 'An access log would keep who read which file of a client for longer than the file');
    new CfnOutput(this, 'name', { value: this.bucket.bucketName }).overrideLogicalId('FilesBucketName');
  }

  /** Allows the function these actions and no others, and tells it the name of the bucket. */
  grant(grantee: LambdaFunction, access: FileAccess): void {
    const bucketId = Stack.of(this).resolve((this.bucket.node.defaultChild as CfnBucket).logicalId);
    const parts = Object.entries(access).filter(([, actions]) => actions.length > 0);
    for (const [part, actions] of parts) {
      const resources = [this.bucket.arnForObjects(`${part}/*`)];
      grantee.addToRolePolicy(new PolicyStatement({ actions: actions.map((action) => `s3:${action}`), resources }));
      acknowledgeGrant(
        grantee,
        `<${bucketId}.Arn>/${part}/*`,
        'Files are made at any time: a part of the bucket is named',
      );
    }
    const read = parts.filter(([, actions]) => actions.includes('GetObject')).map(([part]) => `${part}/*`);
    // To who may not list, S3 says of a file that is not there that it is forbidden.
    if (read.length > 0) {
      grantee.addToRolePolicy(
        new PolicyStatement({
          actions: ['s3:ListBucket'],
          resources: [this.bucket.bucketArn],
          conditions: { StringLikeIfExists: { 's3:prefix': read } },
        }),
      );
    }
    this.tellName(grantee);
  }

  /** Puts the name of the bucket into the function's environment. */
  tellName(reader: LambdaFunction): void {
    reader.addEnvironment(FILES_BUCKET_VARIABLE, this.bucket.bucketName);
  }
}
