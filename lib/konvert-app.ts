import { App } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { KonvertStack } from '#lib/konvert-stack';
import { readOptions } from '#lib/options';

/** The CDK app with one stack, as the context says. The feature flags are those that this version of CDK recommends. */
export function createKonvertApp(context: Readonly<Record<string, unknown>> = {}): { app: App; stack: KonvertStack } {
  const app = new App({ analyticsReporting: false, context: { ...recommendedFlags, ...context } });
  const options = readOptions((key) => app.node.tryGetContext(key));
  return { app, stack: new KonvertStack(app, `konvert-${options.stage}`, options) };
}
