import { AssetHashType, Aws, DockerImage, type Duration, type RemovalPolicy } from 'aws-cdk-lib';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { bundleFunction, functionFolder } from '#lib/bundle';
import { InlineRole } from '#lib/inline-role';
import { STACK_VARIABLE } from '#lib/variable-names';

/** The differences between functions. */
export interface KonvertFunctionProps {
  readonly timeout: Duration;
  /** Whether the function sends to its own queue, so that Lambda's loop detection has to be off. */
  readonly ringsItself?: boolean;
  readonly removalPolicy: RemovalPolicy;
  /** How many calls at once are reserved for it, and are its most. Undefined: it takes what no other has reserved. */
  readonly reserved: number | undefined;
}

/**
 * The function of a folder in `functions/`. It is bundled, and has a log group and a role that may write to it and
 * nothing else.
 */
export class KonvertFunction extends LambdaFunction {
  constructor(scope: Construct, name: string, { timeout, ringsItself, removalPolicy, reserved }: KonvertFunctionProps) {
    const logGroup = new LogGroup(scope, `${name}-log`, { retention: RetentionDays.ONE_MONTH, removalPolicy });
    const role = new InlineRole(scope, `${name}-role`, 'lambda.amazonaws.com');
    logGroup.grantWrite(role);
    super(scope, name, {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: codeOf(name),
      // A function gets CPU in proportion to its memory. The first call of a new instance takes five times as long at
      // 128 MB as at 512.
      memorySize: 512,
      timeout,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // The lines that Lambda writes for every call cost as much as the call.
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: { [STACK_VARIABLE]: Aws.STACK_NAME },
      ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
      ...(ringsItself && { recursiveLoop: RecursiveLoop.ALLOW }),
    });
  }
}

function codeOf(name: string): Code {
  return Code.fromAsset(functionFolder(name), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // The image is never run. esbuild is a dependency, so bundling needs no container.
      image: DockerImage.fromRegistry('scratch'),
      local: {
        tryBundle(outputFolder) {
          bundleFunction(name, outputFolder);
          return true;
        },
      },
    },
  });
}
