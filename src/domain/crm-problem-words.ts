import type { CrmProblemCode } from '#domain/crm';

/**
 * What a problem of a connection means and what ends it: one sentence, and one action. The page has words of its own in
 * both languages.
 */
export const PROBLEM_WORDS: Readonly<Record<CrmProblemCode, string>> = {
  NOT_ADMIN:
    'The user who connected the CRM may not read everything there. Connect again as an administrator of the CRM.',
  HOOKS_OFF:
    'The CRM has switched its notifications to Konvert off, so changes arrive some minutes late. Refresh the data from the CRM: that registers them again.',
  HOOKS_MISSING:
    'The CRM does not notify Konvert of changes, so they arrive some minutes late. Register the address of notifications in the CRM by hand.',
  STAGE_GONE:
    'The stage in which new deals begin in a channel is gone, so they begin in the first open one. Choose another stage in the settings of the channel.',
  USERS_SHRANK:
    'The CRM lists fewer than half of the users that it had, so nobody was removed. Look whether the user who connected it is still an administrator there, then refresh the data from the CRM.',
  FIELD_GONE:
    'Somebody has deleted the field in which Konvert keeps its key, so it was made again. Leave that field in the CRM.',
  PLAN: 'The plan of the CRM does not have what Konvert needs. Choose a plan with API and webhooks in the CRM.',
  VALIDATION_RULE:
    'A rule of the CRM demands a property that Konvert does not fill in, so clients are not created. Make that property optional in the CRM, then send the failed ones again.',
  TOKEN_EXPIRES:
    'The token of the CRM soon ends, and nothing renews it. Make a new one in the CRM and connect again with it.',
  BLOCKED:
    'The CRM has blocked the calls of Konvert for a while, and clients wait. If it does not end within the hour, ask the support of the CRM to lift the block.',
};
