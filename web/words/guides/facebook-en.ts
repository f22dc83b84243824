/** Connecting a Facebook page, in English. Meta's own words stand between two stars. */
export const words = {
  'facebook.app': 'Make an app at Meta',
  'facebook.app-page': 'Have a Facebook page in a **business portfolio** at business.facebook.com.',
  'facebook.app-make':
    'At developers.facebook.com press **Create app**, choose the use case **Engage with customers on Messenger from Meta**, and the portfolio.',
  'facebook.app-live': 'Give the app a privacy policy address, and switch it to **Live**.',
  'facebook.app-note':
    'Until the app is Live, Meta tells nothing of anybody who has no role in it: you can write to your own page, clients cannot be heard. For clients Meta also wants App Review of **pages_messaging** and verification of your business: days to weeks.',
  'facebook.app-link': 'Open your Meta apps',
  'facebook.not-public':
    'Meta only calls public https addresses, and this page was opened at {origin}. Whoever runs Konvert has to give it one (KONVERT_PUBLIC_URL) first.',
  'facebook.page': 'Which page it is',
  'facebook.page-open': 'In Meta Business Suite open **Settings → Business assets → Pages** and choose the page.',
  'facebook.page-copy': 'Copy the **ID** below its name.',
  'facebook.page-id': 'Page ID',
  'facebook.page-id-hint': 'Digits only, not the name in the address.',
  'facebook.page-id-refused':
    'Meta knows no such page, or the token may not use it. Check the Page ID, and that the token is of this page.',
  'facebook.id-malformed': 'An id has digits only, 5 to 25 of them.',
  'facebook.secret': 'Paste the secret of the app',
  'facebook.secret-open': 'In the App Dashboard open **App settings → Basic**.',
  'facebook.secret-show': 'Copy the **App ID**. Beside **App secret** press **Show**, and copy it.',
  'facebook.secret-note': 'Meta signs with the secret what it sends. So Konvert knows that it is Meta.',
  'facebook.app-id': 'App ID',
  'facebook.app-id-hint': 'With it, Konvert types its address in at Meta by itself.',
  'facebook.app-id-refused': 'Meta knows no such app, or the secret is another app’s. Copy both from the same page.',
  'facebook.app-secret': 'App secret',
  'facebook.app-secret-malformed': 'This is no app secret: it has 32 letters and digits, without spaces.',
  'facebook.app-secret-refused':
    'This is the secret of another app than the token’s. Open the app that you made the token for: App settings → Basic → App secret.',
  'facebook.token': 'Paste a token of the page',
  'facebook.token-user':
    'Open **Business settings → Users → System users**, press **Add** and choose the role **Admin**.',
  'facebook.token-assets': 'Press **Assign assets**: give it the app and the page, with **full control**.',
  'facebook.token-generate':
    'In the App Dashboard open **Messenger → Messenger API settings**, connect the page at **Generate access tokens**, and press **Generate**.',
  'facebook.token-note':
    'It needs **pages_messaging**, **pages_manage_metadata** and **pages_show_list**. The token of a page does not end.',
  'facebook.token-link': 'Open the system users',
  'facebook.access-token': 'Page access token',
  'facebook.access-token-malformed': 'This is no access token: it begins with EAA and has no spaces.',
  'facebook.access-token-refused':
    'Meta does not take this token: it has ended, was revoked, or may not read the messages of the page. Generate a new one.',
  'facebook.human-agent': 'Answer for seven days',
  'facebook.human-agent-hint':
    'Only if Meta has approved **Human Agent** for your app. Without it you may answer for 24 hours.',
  'facebook.callback-refused':
    'The credentials are right, but Meta could not reach Konvert at its address. It has to be a public https address with a valid certificate. Ask whoever runs your Konvert.',
  'facebook.webhook': 'Type two lines in at Meta',
  'facebook.webhook-open':
    'In the App Dashboard open **Messenger → Messenger API settings**, and at **Configure webhooks** press **Edit**.',
  'facebook.webhook-paste': 'Paste the **Callback URL** and the **Verify token**, and press **Verify and save**.',
  'facebook.webhook-fields': 'Below, at **Webhook fields**, subscribe to these:',
  'facebook.webhook-note': 'If you gave the App ID, this is done already, and you can compare. Once for each app.',
  'facebook.verify':
    'Meta asks a new address of the app with the verify token. Renew it if somebody may have seen it, or to see it once more.',
  'facebook.blocked': 'Meta has blocked the page. **Page quality** in Meta Business Suite says why, and how to object.',
};
