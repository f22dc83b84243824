/** Connecting a WhatsApp number, in English. Meta's own words stand between two stars. */
export const words = {
  'wapi.app': 'Make an app at Meta',
  'wapi.app-portfolio': 'Have a **business portfolio** at business.facebook.com.',
  'wapi.app-make':
    'At developers.facebook.com press **Create app**, type **Business**, and add the product **WhatsApp**.',
  'wapi.app-number':
    'Add a number that gets a text message or a call and is in no WhatsApp app. If it says **Pending**, register it in **WhatsApp Manager → Phone numbers**.',
  'wapi.app-live': 'Give the app a privacy policy address, and switch it to **Live**.',
  'wapi.app-note':
    'You can begin before Meta has verified your business: until then you may write first to 250 people a day. Verification takes days to weeks.',
  'wapi.app-link': 'Open your Meta apps',
  'wapi.not-public':
    'Meta only calls public https addresses, and this page was opened at {origin}. Whoever runs Konvert has to give it one (KONVERT_PUBLIC_URL) first.',
  'wapi.number': 'Which number it is',
  'wapi.number-open': 'In the App Dashboard of your app open **WhatsApp → API Setup** and choose the number.',
  'wapi.number-copy': 'Copy both ids that stand below it.',
  'wapi.phone-number-id': 'Phone number ID',
  'wapi.phone-number-id-hint': 'Not the number itself: some 15 digits.',
  'wapi.phone-number-id-refused':
    'Meta knows no such number, or the token may not use it. Check the Phone number ID, and that the system user has been given this WhatsApp account.',
  'wapi.waba-id': 'WhatsApp Business Account ID',
  'wapi.waba-id-hint': 'Without it there are no message templates, and you subscribe the app by hand.',
  'wapi.waba-id-refused':
    'Meta knows no such account, or the token may not use it. Check the WhatsApp Business Account ID, and that the system user has full control of it.',
  'wapi.id-malformed': 'An id has digits only, 5 to 25 of them.',
  'wapi.secret': 'Paste the secret of the app',
  'wapi.secret-open': 'In the App Dashboard open **App settings → Basic**.',
  'wapi.secret-show': 'Beside **App secret** press **Show**, and copy it.',
  'wapi.secret-note': 'Meta signs with it what it sends. So Konvert knows that it is Meta.',
  'wapi.app-secret': 'App secret',
  'wapi.app-secret-malformed': 'This is no app secret: it has 32 letters and digits, without spaces.',
  'wapi.app-secret-refused':
    'This is the secret of another app than the token’s. Open the app that you made the token for: App settings → Basic → App secret.',
  'wapi.token': 'Paste a token that does not end',
  'wapi.token-user': 'Open **Business settings → Users → System users**, press **Add** and choose the role **Admin**.',
  'wapi.token-assets': 'Press **Assign assets**: give it the app and the WhatsApp account, with **full control**.',
  'wapi.token-generate':
    'Press **Generate token**, choose the app, expiration **Never**, and tick **whatsapp_business_messaging** and **whatsapp_business_management**.',
  'wapi.token-note': 'Not the token of the page API Setup: that one ends after a day.',
  'wapi.token-link': 'Open the system users',
  'wapi.access-token': 'Access token',
  'wapi.access-token-malformed': 'This is no access token: it begins with EAA and has no spaces.',
  'wapi.access-token-refused':
    'Meta does not take this token: it has ended, was revoked, or may not use WhatsApp. Generate a new one for the system user.',
  'wapi.callback-refused':
    'The credentials are right, but Meta could not reach Konvert at its address. It has to be a public https address with a valid certificate. Ask whoever runs your Konvert.',
  'wapi.webhook': 'Type two lines in at Meta',
  'wapi.webhook-open': 'In the App Dashboard open **WhatsApp → Configuration**, and beside **Webhook** press **Edit**.',
  'wapi.webhook-paste': 'Paste the **Callback URL** and the **Verify token**, and press **Verify and save**.',
  'wapi.webhook-fields': 'Below, at **Webhook fields**, subscribe to these:',
  'wapi.webhook-note':
    'Messages come already: Meta asked Konvert while the number was connected, and got the right answer. This step adds calls, what is written on the phone, and the state of the account. Once for each app.',
  'wapi.verify':
    'Meta asks a new address of the app with the verify token. Renew it if somebody may have seen it, or to see it once more.',
  'wapi.blocked': 'Meta has shut the account out. **WhatsApp Manager → Account quality** says why, and how to object.',
  'wapi.unavailable': 'The number cannot reply at the moment. **WhatsApp Manager → Phone numbers** says why.',
};
