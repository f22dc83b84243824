/** Connecting WhatsApp through a bridge that shows a QR code, in English. The messenger's own words stand between two stars. */
export const words = {
  'whatsapp.risk': 'Know what you are doing',
  'whatsapp.risk-terms':
    'WhatsApp does not allow programs to use a phone. It may shut the number out at any time, for good and without a warning. Take a number that you can do without.',
  'whatsapp.risk-lost':
    'Such a bridge loses messages: some never reach it, and what it forgets while Konvert cannot be reached is found again once an hour, or never. Konvert answers for a message from the moment it has it, and not before.',
  'whatsapp.risk-run':
    'You run the bridge yourself, an Evolution API of version 2.3.7. Whoever runs it can read all messages and write in your name.',
  'whatsapp.risk-note': 'None of this is so with WhatsApp Business (Cloud API). If you can, connect that.',
  'whatsapp.bridge': 'Tell where the bridge is',
  'whatsapp.bridge-run': 'Run an **Evolution API** with PostgreSQL and give it a key: **AUTHENTICATION_API_KEY**.',
  'whatsapp.bridge-save':
    'Leave **DATABASE_SAVE_DATA_NEW_MESSAGE** on: what got lost on the way to Konvert is looked up there.',
  'whatsapp.bridge-address': 'The bridge has to reach Konvert, and Konvert the bridge.',
  'whatsapp.bridge-link': 'How to install it',
  'whatsapp.server': 'Address of the bridge',
  'whatsapp.server-hint': 'With https:// and without a path behind it: https://bridge.example.com',
  'whatsapp.server-malformed': 'This is not an address: it begins with https:// and has no question mark in it.',
  'whatsapp.server-refused': 'Konvert does not call that address. Use a public one with https.',
  'whatsapp.key': 'Key of the bridge',
  'whatsapp.key-hint': 'The value of AUTHENTICATION_API_KEY, or the key of the instance if it is there already.',
  'whatsapp.key-malformed': 'This is not a key: it has 8 characters at least and no spaces.',
  'whatsapp.key-refused': 'The bridge does not take this key. Copy it once more.',
  'whatsapp.instance': 'Name of the instance',
  'whatsapp.instance-hint': 'One for each phone. If there is none of that name, Konvert creates it.',
  'whatsapp.instance-malformed': 'Letters, digits, dots, hyphens and low lines only, 100 at most.',
  'whatsapp.instance-refused':
    'There is no such instance, and with this key none can be created. Check the name, or take the key of the whole bridge.',
  'whatsapp.private':
    'The bridge is in a private network. Konvert calls there only if whoever looks after it has allowed that.',
  'whatsapp.phone': 'Link the phone',
  'whatsapp.phone-open': 'Open WhatsApp on the phone: **Settings → Linked devices**.',
  'whatsapp.phone-link': 'Tap **Link a device**.',
  'whatsapp.phone-scan': 'Point the camera at the code. It changes every 20 to 60 seconds.',
  'whatsapp.phone-note': 'Use the phone at least once in two weeks, or WhatsApp ends the link.',
  'whatsapp.blocked': 'WhatsApp has shut the number out. Open WhatsApp on the phone: it says for how long.',
  'whatsapp.unavailable': 'The phone or the bridge does not answer. Check both, then link the phone once more.',
};
