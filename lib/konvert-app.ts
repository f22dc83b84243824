import { App } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { KonvertStack } from '#lib/konvert-stack';
import { readStage } from '#lib/stage';

/** The app: one stack, of the stage in the context. CDK's feature flags are as its own version recommends them. */
export function createKonvertApp(context: Readonly<Record<string, unknown>> = {}): { app: App; stack: KonvertStack } {
  const app = new App({ analyticsReporting: false, context: { ...recommendedFlags, ...context } });
  const stage = readStage(app.node.tryGetContext('stage'));
  return { app, stack: new KonvertStack(app, `konvert-${stage}`, { stage }) };
}
