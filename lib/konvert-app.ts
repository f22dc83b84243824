import { App } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { KonvertStack } from '#lib/konvert-stack';
import { readOptions } from '#lib/options';

/** The app: one stack, as the context says. CDK's feature flags are as its own version recommends them. */
export function createKonvertApp(context: Readonly<Record<string, unknown>> = {}): { app: App; stack: KonvertStack } {
  const app = new App({ analyticsReporting: false, context: { ...recommendedFlags, ...context } });
  const options = readOptions((key) => app.node.tryGetContext(key));
  return { app, stack: new KonvertStack(app, `konvert-${options.stage}`, options) };
}
