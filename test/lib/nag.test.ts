import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { createKonvertApp } from '#lib/konvert-app';

/** Without a template: the rules look at constructs. */
const apps: [string, App][] = [
  {},
  { stage: 'dev' },
  { gateway: 'rest' },
  { stage: 'dev', gateway: 'rest', waf: 'on', reserve: '200', alarmEmail: 'team@example.com' },
].map((context) => [JSON.stringify(context), createKonvertApp({ 'aws:cdk:bundling-stacks': [], ...context }).app]);

test.each(apps)('cdk-nag finds nothing in %s that is not acknowledged', (_context, app) => {
  const { violations } = new AwsSolutionsChecks().validateScope(app);

  expect(violations.flatMap(linesOf)).toEqual([]);
});

test.each(apps)('every acknowledgement in %s is needed, and says why in one line', (_context, app) => {
  const checks = new AwsSolutionsChecks();
  Object.defineProperty(checks, 'isAcknowledged', { value: () => false });
  const found = checks.validateScope(app).violations.flatMap(linesOf);
  const acknowledged = app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries<string>(data))
      .map(([id, reason]) => ({ rule: id.replace(/^annotation::/i, ''), path: node.path, reason })),
  );

  expect(acknowledged.length).toBeGreaterThan(20);
  expect(acknowledged.filter(({ rule, path }) => !found.some((line) => line.startsWith(`${rule} ${path}/`)))).toEqual(
    [],
  );
  expect(acknowledged.filter(({ reason }) => !/^.{20,110}$/.test(reason))).toEqual([]);
});

type Violation = ReturnType<AwsSolutionsChecks['validateScope']>['violations'][number];

function linesOf({ ruleName, violatingResources }: Violation): string[] {
  return violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`);
}
