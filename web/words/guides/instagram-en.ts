/** Connecting an Instagram account, in English. The messenger's own words stand between two stars. */
export const words = {
  'instagram.app': 'Make an app at Meta',
  'instagram.app-professional':
    'The account has to be a professional one: in the Instagram app **Settings → Account type and tools → Switch to professional account**.',
  'instagram.app-allow':
    'In the Instagram app open **Settings → Messages and story replies → Message controls → Connected tools**, and switch **Allow access to messages** on.',
  'instagram.app-make':
    'At developers.facebook.com press **Create app**, and choose the use case **Manage messaging & content on Instagram**.',
  'instagram.app-live': 'Give the app a privacy policy address, and switch it to **Live**.',
  'instagram.app-note':
    'Until the app is Live, Meta tells nothing of anybody who has no role in it: clients cannot be heard. For clients Meta also wants App Review of **instagram_business_manage_messages** and verification of your business: days to weeks.',
  'instagram.app-link': 'Open your Meta apps',
  'instagram.not-public':
    'Meta only calls public https addresses, and this page was opened at {origin}. Whoever runs Konvert has to give it one (KONVERT_PUBLIC_URL) first.',
  'instagram.account': 'Which account it is',
  'instagram.account-open': 'In the App Dashboard open **Instagram → API setup with Instagram login**.',
  'instagram.account-add': 'At **Generate access tokens** press **Add account**, and sign in with the account.',
  'instagram.account-generate': 'Copy the id below the name of the account, press **Generate token**, and copy that.',
  'instagram.account-note':
    'The token ends after 60 days. Konvert renews it in time, as long as it works for itself every day.',
  'instagram.ig-id': 'Instagram account ID',
  'instagram.ig-id-hint': 'It begins with 17841, and is not the name.',
  'instagram.ig-id-refused':
    'The token is of another account, or of none. Check the id: either this one, or the Page ID below is needed, and never both.',
  'instagram.page-id': 'Page ID, instead of the account ID',
  'instagram.page-id-hint': 'For an account that is linked to a Facebook page and has a token of that page.',
  'instagram.page-id-refused':
    'Meta knows no such page, the token may not use it, or no professional account of Instagram is linked to it.',
  'instagram.id-malformed': 'An id has digits only, 5 to 25 of them.',
  'instagram.access-token': 'Access token',
  'instagram.access-token-malformed': 'This is no access token: it begins with IG or EAA and has no spaces.',
  'instagram.access-token-refused':
    'Instagram does not take this token: it has ended, was revoked, or may not read messages. Check that access to messages is allowed, and generate a new one.',
  'instagram.secret': 'Paste the secrets of the app',
  'instagram.secret-open': 'In the App Dashboard open **App settings → Basic**.',
  'instagram.secret-show': 'Copy the **App ID**. Beside **App secret** press **Show**, and copy it.',
  'instagram.secret-second':
    'Open **Instagram → API setup with Instagram login**. Beside **Instagram app secret** press **Show**, and copy it as well.',
  'instagram.secret-note': 'Meta signs with a secret what it sends. So Konvert knows that it is Meta.',
  'instagram.app-id': 'App ID',
  'instagram.app-id-hint':
    'That of the app, not the Instagram app ID. With it, Konvert types its address in by itself.',
  'instagram.app-id-refused': 'Meta knows no such app, or the secret is another app’s. Copy both from the same page.',
  'instagram.app-secret': 'App secret',
  'instagram.ig-app-secret': 'Instagram app secret',
  'instagram.ig-app-secret-hint': 'Only if the account was added by Instagram login, as above.',
  'instagram.app-secret-malformed': 'This is no app secret: it has 32 letters and digits, without spaces.',
  'instagram.app-secret-refused':
    'This is the secret of another app than the token’s. Copy it from the app of the token.',
  'instagram.human-agent': 'Answer for seven days',
  'instagram.human-agent-hint':
    'Only if Meta has approved **Human Agent** for your app. Without it you may answer for 24 hours.',
  'instagram.callback-refused':
    'The credentials are right, but Meta could not reach Konvert at its address. It has to be a public https address with a valid certificate. Ask whoever runs your Konvert.',
  'instagram.webhook': 'Type two lines in at Meta',
  'instagram.webhook-open':
    'In the App Dashboard open **Instagram → API setup with Instagram login**, and go to **Configure webhooks**.',
  'instagram.webhook-paste': 'Paste the **Callback URL** and the **Verify token**, and press **Verify and save**.',
  'instagram.webhook-fields': 'Below, subscribe to these fields:',
  'instagram.webhook-note': 'If you gave the App ID, this is done already, and you can compare. Once for each app.',
  'instagram.verify':
    'Meta asks a new address of the app with the verify token. Renew it if somebody may have seen it, or to see it once more.',
};
