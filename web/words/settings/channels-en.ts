import { messengers } from './messengers-en.ts';

/** The channels of the settings, in English. */
export const channels = {
  ...messengers,

  'channels.title': 'Channels',
  'channels.connect': 'Connect a messenger',
  'channels.none': 'No messenger is connected yet',
  'channels.none-more': 'Connect one, and what your clients write there arrives in the chats of your team.',
  'channels.list': 'Connected channels',
  'channels.gone': 'There is no such channel any more.',
  'channels.to-list': 'All channels',

  // states
  'channels.active': 'Works',
  'channels.polled':
    'Konvert fetches its messages itself, because messengers cannot reach this computer. Keep it running.',
  'channels.disabled': 'Switched off',
  'channels.disabled-what': 'What clients write is dropped, and nothing can be sent.',
  'channels.unauthorized': 'Needs new credentials',
  'channels.unauthorized-what':
    '{messenger} no longer takes the credentials: they were revoked, or have ended. Nothing arrives, and nothing can be sent.',
  'channels.blocked': 'Blocked by {messenger}',
  'channels.openelsewhere': 'Another program gets the messages',
  'channels.openelsewhere-what': 'What clients write arrives there and not here. Take over, and it arrives here again.',
  'channels.phoneUnavailable': 'Cannot reply',
  'channels.init': 'Is being linked',
  'channels.init-what': 'The phone and the bridge are finding each other. It takes a minute at most.',
  'channels.qridle': 'Not linked to a phone',
  'channels.qridle-what': 'Nothing arrives, and nothing can be sent, until a phone has scanned the QR code.',
  'channels.deaf': 'Gets nothing',
  'channels.deaf-what': '{messenger} has not called Konvert since {since}, and registering again did not help: {why}',
  'channels.deaf-again': 'Register again',
  'channels.phone': 'QR code',
  'channels.phone-code': 'QR code that links the phone',
  'channels.phone-again': 'Show the code again',
  'channels.phone-asking': 'Konvert asks the bridge…',
  'channels.phone-scan': 'Waiting for the phone. A new code comes by itself.',
  'channels.phone-init': 'The bridge is making a code. It takes some seconds.',
  'channels.phone-qridle': 'No phone is linked yet. The bridge is making a code.',
  'channels.phone-active': 'The phone is linked.',
  'channels.phone-phoneUnavailable':
    'The phone or the bridge does not answer. Is the phone on, and does the bridge run?',
  'channels.phone-openelsewhere': 'The bridge sends the messages to another program. Take the channel over first.',
  'channels.phone-ended': 'Nobody has scanned the code for five minutes, so it is hidden.',
  'channels.enable': 'Switch on',
  'channels.disable': 'Switch off',
  'channels.disable-what': 'What clients write while it is off is lost. The chats stay.',
  'channels.take-over': 'Take over',
  'channels.take-over-sure': 'Take over: the other program gets nothing any more',
  'channels.new-credentials': 'Give new credentials',

  // one channel
  'channels.name': 'Name',
  'channels.name-hint': 'Your team sees it. Your clients do not.',
  'channels.name-missing': 'Give the channel a name, of 200 characters at most.',
  'channels.test': 'Send a test message',
  'channels.credentials': 'Credentials',
  'channels.credentials-what':
    'They have to be of the same account. Konvert tries them before it stores them, and never shows those that it has.',
  'channels.check-credentials': 'Check and save',
  'channels.credentials-done': '{messenger} has taken the new credentials.',
  'channels.secret': 'Secret of the webhook',
  'channels.secret-renew': 'Make a new secret',
  'channels.secret-done': 'The new secret counts.',
  'channels.secret-type-in':
    'Type this in at {messenger}. The secret before counts for a while only, and this one is shown now and never again.',
  'channels.webhook-url': 'Callback URL',
  'channels.verify-token': 'Verify token',
  'channels.secret-token': 'secret_token',
  'channels.webhook-fields': 'Webhook fields',
  'channels.once': 'The verify token is shown now and never again. You can make a new one any time.',
  'channels.once-over': 'The verify token was shown when it was made. Make a new one to see it.',
  'channels.delete': 'Delete the channel',
  'channels.delete-what': 'Its chats stay readable, and nobody can write in them any more.',
  'channels.delete-sure': 'Delete “{name}”?',
  'channels.delete-more':
    'What clients write from now on does not arrive. Chats, history and assignments stay readable. Connected once more it is a new channel, with new chats.',
  'channels.deleted': '“{name}” is deleted.',

  // connecting
  'channels.choose': 'Which messenger?',
  'channels.step': '{messenger}: step {number} of {count}',
  'channels.back': 'Back',
  'channels.next': 'Next',
  'channels.missing': 'This is needed.',
  'channels.call-it': 'What your team calls it',
  'channels.call-it-how': 'Konvert now tries what you pasted at {messenger}. Only what works is stored.',
  'channels.check': 'Check and connect',
  'channels.checking': 'Konvert asks {messenger}…',
  'channels.rare': 'Seldom needed',
  'channels.api-address': 'Address of the API',
  'channels.api-address-hint': 'Only if a server of your own stands between Konvert and the messenger.',
  'channels.api-address-malformed': 'This is no address. It begins with https://',
  'channels.api-address-refused': 'Konvert cannot use this address: it has to begin with https:// and to be public.',

  // refusals
  'channels.says': '{messenger} says: “{words}”',
  'channels.refused': '{messenger} did not take the credentials.',
  'channels.invalid': 'Konvert did not take this. Check it and try again.',
  'channels.other-account':
    'These credentials are of another account. The chats of this channel belong to the clients of the first one: connect the other as a new channel.',
  'channels.unreachable':
    '{messenger} does not answer at the moment. Nothing was changed, and what you typed in is still here. Try again in a minute.',
  'channels.elsewhere':
    'Another program gets the messages of this account: {host}. If you take over, they come here, and no more go there.',
  'channels.here-already': 'This account is connected here already, as another channel. Delete that one first.',
  'channels.too-many': 'This account is connected five times already. Delete a channel that you no longer need.',
  'channels.under-way': 'Somebody else is changing this channel right now. Try again in a minute.',
  'channels.lost':
    'Konvert did not answer in time, so nobody knows whether it was done. Look at the list of channels before you try again.',
  'channels.look': 'Look at the list',

  // the test message
  'channels.test-title': 'Write something now',
  'channels.connected': '“{name}” is connected',
  'channels.test-how': 'Open {address} on your phone, by the code or the link, and write anything. It arrives here.',
  'channels.test-how-no-link': 'Write anything to {address}, as a client would. It arrives here.',
  'channels.test-code': 'Code with the link to {address}',
  'channels.test-open': 'Open {address}',
  'channels.test-waiting': 'Waiting for a message…',
  'channels.test-before': 'The last one before that: {name}, {time}',
  'channels.test-ended': 'Nothing has arrived for five minutes.',
  'channels.test-help':
    'Did you write to {address}, and was the message delivered? Then look at the state of the channel, and at Health.',
  'channels.test-again': 'Wait again',
  'channels.test-arrived': 'It arrived: a message from {name}',
  'channels.test-took':
    '{messenger} took it at {sent}, and Konvert stored it {seconds, plural, one {# second later} other {# seconds later}}.',
  'channels.test-took-at-once': '{messenger} took it at {sent}, and Konvert stored it within the same second.',
  'channels.test-off': 'This channel is switched off, so nothing can arrive.',
  'channels.next-title': 'What comes next',
  'channels.next-who': 'Choose who gets what',
  'channels.next-who-what': 'Nobody has a role in this channel yet, so nobody sees this chat.',
  'channels.as': 'Open the chat as',
  'channels.as-manager': '{name} (head)',
  'channels.as-auditor': '{name} (quality control)',
  'channels.as-seller': '{name} (seller)',
  'channels.open-chat': 'Open the chat',
  'channels.opened': 'The chat is open in another tab.',
  'channels.opened-not': 'No tab? Open it here',
};
