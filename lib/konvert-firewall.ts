import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Stage } from '#lib/stage';

/** Requests of one address in five minutes: an office of 300 open pages that ask every three seconds. */
const MOST_OF_AN_ADDRESS = 30_000;

/**
 * AWS's rules, and those of each that only count. A body holds what people write to each other, up to megabytes, and may
 * quote anything. Programs of CRMs name no browser.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
const MANAGED = [
  {
    name: 'AWSManagedRulesCommonRuleSet',
    counted: [
      'SizeRestrictions_BODY',
      'EC2MetaDataSSRF_BODY',
      'GenericLFI_BODY',
      'GenericRFI_BODY',
      'CrossSiteScripting_BODY',
      'NoUserAgent_HEADER',
    ],
  },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', counted: ['JavaDeserializationRCE_BODY', 'Log4JRCE_BODY'] },
] as const;

/**
 * The web application firewall of a REST API. Webhooks are left out: messengers send from few addresses, a text in one of
 * their calls that looked like an attack would be sent again and again and hold up its channel, and each is checked by its
 * secret.
 */
export function createFirewall(scope: Construct, { stage, stageArn }: { stage: Stage; stageArn: string }): CfnWebACL {
  const scopeDownStatement = { notStatement: { statement: isWebhook(stage) } };
  const acl = new CfnWebACL(scope, 'firewall', {
    name: `konvert-${stage}`,
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibility(`konvert-${stage}`),
    rules: [
      {
        name: 'rate-of-an-address',
        priority: 0,
        action: { block: {} },
        statement: {
          rateBasedStatement: { aggregateKeyType: 'IP', limit: MOST_OF_AN_ADDRESS, scopeDownStatement },
        },
        visibilityConfig: visibility('rate-of-an-address'),
      },
      ...MANAGED.map(({ name, counted }, index) => ({
        name,
        priority: index + 1,
        overrideAction: { none: {} },
        statement: {
          managedRuleGroupStatement: {
            vendorName: 'AWS',
            name,
            ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
            scopeDownStatement,
          },
        },
        visibilityConfig: visibility(name),
      })),
    ],
  });
  new CfnWebACLAssociation(scope, 'firewall-of-stage', { resourceArn: stageArn, webAclArn: acl.attrArn });
  return acl;
}

/** A firewall sees the stage in a path, unless a domain of one's own leads to it. */
function isWebhook(stage: Stage): CfnWebACL.StatementProperty {
  return {
    regexMatchStatement: {
      regexString: `^(/${stage})?/webhooks/`,
      fieldToMatch: { uriPath: {} },
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  };
}

/** Samples would hold paths, and with them phones. */
function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
