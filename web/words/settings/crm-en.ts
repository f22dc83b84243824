import { crmGuides } from './crm-guides-en.ts';

/** The CRM of the settings, in English. */
export const crm = {
  ...crmGuides,

  'crm.title': 'CRM',
  'crm.choose': 'Which CRM?',
  'crm.choose-what':
    'New clients appear in it by themselves, its people get them, and its deals stand beside the chats. It takes about five minutes, and every step is checked.',
  'crm.other': 'Another CRM',
  'crm.other-needs': 'Any CRM can be connected by the API and the webhook.',
  'crm.step': '{crm}: step {number} of {count}',
  'crm.checking': 'Konvert asks {crm}…',
  'crm.consent': 'Go to {crm} and allow it',

  // refusals
  'crm.says': '{crm} says: “{words}”',
  'crm.refused': '{crm} did not let Konvert in. Is it the right account, and is everything copied whole?',
  'crm.unreachable': '{crm} did not answer. Nothing was stored: try again in a minute.',
  'crm.is-connected': 'A CRM is connected already. Disconnect it first.',
  'crm.not-connected': 'The CRM was disconnected meanwhile.',
  'crm.lost':
    'No answer came, so nobody knows whether it was stored. Look at the state below, and try again if nothing has changed.',
  'crm.other-account': 'These credentials are of another account of {crm}. Disconnect first if you want to change it.',
  'crm.invalid': 'Konvert did not take this. Check it and try again.',
  'crm.not-allowed': '{crm} was not allowed to let Konvert in',
  'crm.not-allowed-what': 'Nothing was connected. Start again. ({code})',
  'crm.not-STATE_ENDED': 'The consent took longer than ten minutes, or was used already. Start again.',
  'crm.not-DENIED': 'The access was not allowed. Start again, and press “Allow” as an administrator.',
  'crm.not-CRM_REFUSED': 'The CRM took the consent and refused the rest. Are ID and secret copied whole?',
  'crm.not-CRM_UNREACHABLE': 'The CRM did not answer. Try again in a minute.',
  'crm.not-OTHER_ACCOUNT':
    'This is another account than the one that was connected. Disconnect first if you want to change it.',

  // states
  'crm.active': 'Works',
  'crm.degraded': 'Works, but needs you',
  'crm.connecting': 'Being connected',
  'crm.unauthorized': 'Needs new credentials',
  'crm.blocked': 'Takes no calls for now',
  'crm.disabled': 'Switched off',
  'crm.connecting-what': '{crm} has not let Konvert in yet.',
  'crm.unauthorized-what':
    '{crm} no longer lets Konvert in: the token was revoked, or has ended. Clients get their responsible user all the same. What {crm} has to be told waits, and none of it is lost.',
  'crm.blocked-what': '{crm} refuses calls for a while. What it has to be told waits, and none of it is lost.',
  'crm.disabled-what': 'Nothing is sent to {crm}, and nothing is taken from it. What waits stays.',
  'crm.waiting-for': 'Konvert waits for {crm}. This page notices by itself.',
  'crm.is-there': '{crm} is connected ✓',

  // what is so
  'crm.how': 'How it stands',
  'crm.as': 'Connected as',
  'crm.since': 'Since',
  'crm.news': 'Last told of a change',
  'crm.proof': 'Last compared',
  'crm.never': 'not yet',
  'crm.waiting': 'Waits to leave',
  'crm.failed': 'Failed',
  'crm.no-access': 'Since {time}. {crm} says: “{words}”',
  'crm.clients-waiting': 'New clients who wait',
  'crm.held': 'Not called before',
  'crm.or-more': '{words} or more',
  'crm.nothing': 'nothing',
  'crm.in-words': '{count, plural, one {# thing} other {# things}}',
  'crm.comparing':
    'Changes arrive within seconds. Once an hour Konvert compares everything, in case {crm} did not tell of one.',

  // problems
  'crm.problems': 'What needs you',
  'crm.problem-since': 'since {time}',
  'crm.problem-NOT_ADMIN': 'The user who connected {crm} may not read everything there.',
  'crm.do-NOT_ADMIN': 'Connect as an administrator',
  'crm.problem-HOOKS_OFF': '{crm} has switched its notifications off, so changes arrive some minutes late.',
  'crm.do-HOOKS_OFF': 'Register them again',
  'crm.problem-HOOKS_MISSING': '{crm} does not tell Konvert of changes, so they arrive some minutes late.',
  'crm.do-HOOKS_MISSING': 'Show the address to register',
  'crm.problem-STAGE_GONE':
    'The stage in which new deals of {channel} begin is gone from {crm}. They begin in the first open stage.',
  'crm.do-STAGE_GONE': 'Choose another stage',
  'crm.some-channel': 'a channel',
  'crm.problem-USERS_SHRANK':
    '{crm} showed fewer than half of its users, so Konvert has removed nobody. Look whether the user who connected it is still an administrator.',
  'crm.do-USERS_SHRANK': 'Read them once more',
  'crm.problem-FIELD_GONE':
    'Somebody has deleted the field by which Konvert knows its own clients in {crm}. It was made again: leave it there.',
  'crm.do-FIELD_GONE': 'Look once more',
  'crm.problem-PLAN': 'Your plan of {crm} lacks something that Konvert needs: the API, or notifications.',
  'crm.do-PLAN': 'Open {crm}',
  'crm.problem-VALIDATION_RULE':
    '{crm} demands a property that Konvert cannot fill in ({about}), so clients are not created. Make it optional there, then send them again.',
  'crm.some-property': 'see the deliveries',
  'crm.do-VALIDATION_RULE': 'To the deliveries',
  'crm.problem-BLOCKED':
    '{crm} has blocked the calls of Konvert, and clients wait. If it lasts for more than an hour, its support can lift the block.',
  'crm.do-BLOCKED': 'What waits',
  'crm.problem-TOKEN_EXPIRES':
    'The token of {crm} ends on {day}, and nothing renews it. Make a new one there before that, and give it to Konvert: until then all works.',
  'crm.do-TOKEN_EXPIRES': 'Give a new token',

  // by hand
  'crm.todo': 'Still to do in {crm}',
  'crm.todo-other': 'Do this in {crm}: {code}',
  'crm.addresses': 'Addresses for {crm}',
  'crm.addresses-what': '{crm} calls the first one when something changes, and shows the second one inside its cards.',
  'crm.hooks-url': 'Address of notifications',
  'crm.frame-url': 'Address of the chats',

  // refresh
  'crm.refresh': 'Refresh data from CRM',
  'crm.refresh-what': 'Reads users and pipelines anew. It happens by itself once an hour.',
  'crm.refreshing': 'Reading…',
  'crm.refresh-goes-on': 'The CRM takes long. Reading goes on by itself; this page shows when it is done.',
  'crm.refresh-ended': 'All is read',
  'crm.refreshed': 'Read at {time}: {users}; {pipelines, plural, one {# pipeline} other {# pipelines}}',
  'crm.users-same': 'the people are as they were',
  'crm.users-changed': 'people added {added, number}, changed {changed, number}, gone {gone, number}',

  // what can be done
  'crm.who-what': 'Choose who of {crm} gets new clients, and in which stage their deals begin.',
  'crm.credentials-what': 'Of the same account of {crm}. They are tried before they are stored.',
  'crm.credentials-done': '{crm} has taken the new credentials.',
  'crm.disable': 'Switch off',
  'crm.disable-what': 'For a while: what waits stays, and goes on when it is switched on again.',
  'crm.enable': 'Switch on',
  'crm.remove': 'Disconnect',
  'crm.remove-what': 'For good. Konvert takes its own notifications out of {crm}.',
  'crm.remove-sure': 'Disconnect {crm}?',
  'crm.remove-more':
    'New clients are no longer created there, and what {crm} was not told stays in Deliveries. People, chats and what {crm} has stay as they are.',
  'crm.removed': '{crm} is disconnected',

  // elsewhere
  'crm.keeps-people': '{crm} keeps the people: add, rename and remove them there.',
  'crm.keeps-pipelines': '{crm} keeps the pipelines: change them there, then refresh the data.',
};
