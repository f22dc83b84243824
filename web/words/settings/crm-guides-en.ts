/** How each CRM is connected, in English. What stands between two stars are its own words. */
export const crmGuides = {
  'crm.token-malformed': 'This does not look like a token. Copy it once more, whole.',
  'crm.token-refused': 'This token is not taken. Is it copied whole, and was it not revoked?',
  'crm.secret-malformed': 'This does not look like a secret. Copy it once more, whole.',
  'crm.secret-refused': 'This secret is not taken.',
  'crm.client-id-malformed': 'This does not look like an ID. Copy it once more, whole.',
  'crm.client-id-refused': 'This ID is not taken.',
  'crm.host-malformed': 'Write the address as it stands in the browser.',
  'crm.host-refused': 'There is no account at this address, or the token is of another one.',

  'hubspot.needs': 'A key that an administrator makes in its settings. A minute.',
  'hubspot.key': 'Make a key',
  'hubspot.key-open': 'In HubSpot open the **settings** (the cogwheel) and there **Integrations → Service Keys**.',
  'hubspot.key-make': 'Press **Create service key** and call it Konvert.',
  'hubspot.key-scopes':
    'Under **Scopes** add reading and writing of contacts and deals (**crm.objects.contacts**, **crm.objects.deals**), of their properties (**crm.schemas.contacts**, **crm.schemas.deals**), and reading of owners (**crm.objects.owners.read**).',
  'hubspot.key-copy': 'Press **Create**, then **Show**, and copy the key.',
  'hubspot.key-note':
    'With a service key a change in HubSpot arrives some minutes later, because such keys bring no notifications. With the app that lies in integrations/hubspot of Konvert it arrives within seconds: then paste its access token and its client secret.',
  'hubspot.key-link': 'Open HubSpot',
  'hubspot.token': 'Paste it here',
  'hubspot.token-paste':
    'Paste the key. Konvert tries it at once, and makes a field of its own for contacts and deals.',
  'hubspot.access-token': 'Service key, or access token of the app',
  'hubspot.client-secret': 'Client secret of the app',
  'hubspot.client-secret-hint': 'Only if you use the app. Notifications are signed with it.',

  'amocrm.needs': 'A private integration, which an administrator makes in a minute.',
  'amocrm.integration': 'Make a private integration',
  'amocrm.integration-open': 'In amoCRM open **amoMarket** (in Kommo: **Settings → Integrations**).',
  'amocrm.integration-make': 'Press the three dots and **Create integration**, and choose a **private** one.',
  'amocrm.integration-name':
    'Call it Konvert, tick all of **Access to account data**, and save it. Amo asks for a redirect address: it is not needed with a token, so write any address of your own.',
  'amocrm.integration-note': 'Do this as an administrator: only they may register notifications.',
  'amocrm.token': 'Copy the token',
  'amocrm.token-open': 'In the integration open **Keys and scopes**.',
  'amocrm.token-make':
    'Press **Generate long-lived token**, choose the last day that you can, and copy it at once: it is shown once.',
  'amocrm.host': 'Address of your account',
  'amocrm.host-hint': 'As in the browser: yourcompany.amocrm.ru or yourcompany.kommo.com',
  'amocrm.access-token': 'Long-lived token',
  'amocrm.client-id': 'Integration ID',
  'amocrm.client-id-hint':
    'For the chats inside the cards. Or to connect without a token: write …/v1/crm/callback/amocrm of this Konvert as the redirect address, leave the token empty, and amoCRM asks you to allow it.',
  'amocrm.client-secret': 'Secret key',
  'amocrm.client-secret-hint': 'Only for the chats inside the cards of amoCRM. It stands beside the token.',

  'bitrix24.name': 'Bitrix24',
  'bitrix24.needs': 'A local application, which an administrator adds in two minutes.',
  'bitrix24.app': 'Add a local application',
  'bitrix24.app-open':
    'In Bitrix24 open **Applications → Developer resources → Common use cases → Other → Local application**.',
  'bitrix24.app-server':
    'Choose **Server**, tick **Application uses API only** (in older portals **Script only**), and allow **CRM (crm)**, **Users (user)** and **Embedding (placement)**.',
  'bitrix24.app-path':
    'As **Your handler path** and **Initial installation path** write any address for now: you get the right ones in a moment.',
  'bitrix24.app-save': 'Save it. Its ID and its key are shown.',
  'bitrix24.app-note': 'Bitrix24 has to reach Konvert by https, so open this page by its public address.',
  'bitrix24.keys': 'Copy the ID and the key',
  'bitrix24.keys-copy':
    'Copy **Application ID (client_id)** and **Application key (client_secret)** from the application.',
  'bitrix24.host': 'Address of your Bitrix24',
  'bitrix24.host-hint': 'As in the browser: yourcompany.bitrix24.com',
  'bitrix24.client-id': 'Application ID (client_id)',
  'bitrix24.client-id-hint': 'It begins with “local.”',
  'bitrix24.client-secret': 'Application key (client_secret)',
  'bitrix24.install': 'Install the application',
  'bitrix24.install-paste': 'In the application replace both addresses by these, and save it.',
  'bitrix24.install-press': 'Press **Reinstall**. Bitrix24 then tells Konvert that it may come in.',
  'bitrix24.handler-path': 'Your handler path',
  'bitrix24.install-path': 'Initial installation path',
  'bitrix24.leads':
    'Bitrix24 keeps **leads** apart (its classic mode), and Konvert makes contacts and deals. Switch to **Simple CRM** (without leads) in **CRM → Settings → Other → CRM mode**, or leave it: leads then stay empty.',
  'hubspot.client-id': 'Client ID of the app',
  'hubspot.client-id-hint': 'Only for an app with OAuth: leave the token empty then, and HubSpot asks you to allow it.',
  'hubspot.app-addresses':
    'For changes within seconds, write these addresses into the app in **integrations/hubspot** of Konvert.',
  'hubspot.app-upload': 'Upload it by **hs project upload**, and install it in your account.',
  'hubspot.app-credentials':
    'Give Konvert new credentials: its access token and its client secret, from the tab **Auth** of the app.',
};
