import type { words as en } from './instagram-en.ts';

/** Connecting an Instagram account, in Russian. The messenger's own words stand between two stars. */
export const words = {
  'instagram.app': 'Создайте приложение Meta',
  'instagram.app-professional':
    'Аккаунт должен быть профессиональным: в приложении Instagram **Settings → Account type and tools → Switch to professional account**.',
  'instagram.app-allow':
    'В приложении Instagram откройте **Settings → Messages and story replies → Message controls → Connected tools** и включите **Allow access to messages**.',
  'instagram.app-make':
    'На developers.facebook.com нажмите **Create app** и выберите сценарий **Manage messaging & content on Instagram**.',
  'instagram.app-live': 'Укажите в приложении адрес политики конфиденциальности и переключите его в режим **Live**.',
  'instagram.app-note':
    'Пока приложение не в режиме Live, Meta сообщает только о тех, у кого есть роль в приложении: сообщения клиентов не приходят. Для клиентов нужны ещё проверка **instagram_business_manage_messages** (App Review) и проверка компании: от нескольких дней до нескольких недель.',
  'instagram.app-link': 'Открыть приложения Meta',
  'instagram.not-public':
    'Meta обращается только к публичным https-адресам, а эта страница открыта по адресу {origin}. Сначала тот, кто обслуживает Konvert, должен задать такой адрес (KONVERT_PUBLIC_URL).',
  'instagram.account': 'Укажите аккаунт',
  'instagram.account-open': 'В App Dashboard откройте **Instagram → API setup with Instagram login**.',
  'instagram.account-add': 'В **Generate access tokens** нажмите **Add account** и войдите в этот аккаунт.',
  'instagram.account-generate':
    'Скопируйте идентификатор под именем аккаунта, нажмите **Generate token** и скопируйте токен.',
  'instagram.account-note': 'Токен действует 60 дней. Konvert вовремя его продлевает.',
  'instagram.ig-id': 'Instagram account ID',
  'instagram.ig-id-hint': 'Начинается с 17841, это не имя аккаунта.',
  'instagram.ig-id-refused':
    'Токен выдан другому аккаунту или никакому. Проверьте идентификатор: нужен либо он, либо Page ID ниже, но не оба.',
  'instagram.page-id': 'Page ID вместо идентификатора аккаунта',
  'instagram.page-id-hint': 'Для аккаунта, который связан со страницей Facebook, с токеном этой страницы.',
  'instagram.page-id-refused':
    'Meta не знает такой страницы, токену она недоступна, или с ней не связан профессиональный аккаунт Instagram.',
  'instagram.id-malformed': 'Идентификатор состоит только из цифр: от 5 до 25.',
  'instagram.access-token': 'Access token',
  'instagram.access-token-malformed': 'Это не токен доступа: он начинается с IG или EAA и не содержит пробелов.',
  'instagram.access-token-refused':
    'Instagram не принимает этот токен: он истёк, отозван или не даёт читать сообщения. Проверьте, разрешён ли доступ к сообщениям, и выпустите новый.',
  'instagram.secret': 'Вставьте секреты приложения',
  'instagram.secret-open': 'В App Dashboard откройте **App settings → Basic**.',
  'instagram.secret-show': 'Скопируйте **App ID**. Рядом с **App secret** нажмите **Show** и скопируйте значение.',
  'instagram.secret-second':
    'Откройте **Instagram → API setup with Instagram login**. Рядом с **Instagram app secret** нажмите **Show** и тоже скопируйте.',
  'instagram.secret-note': 'Секретом Meta подписывает то, что присылает: так Konvert узнаёт, что это Meta.',
  'instagram.app-id': 'App ID',
  'instagram.app-id-hint': 'Приложения, а не Instagram app ID. С ним Konvert сам впишет свой адрес.',
  'instagram.app-id-refused':
    'Meta не знает такого приложения, или секрет от другого. Скопируйте оба значения с одной страницы.',
  'instagram.app-secret': 'App secret',
  'instagram.ig-app-secret': 'Instagram app secret',
  'instagram.ig-app-secret-hint': 'Только если аккаунт добавлен через Instagram login, как выше.',
  'instagram.app-secret-malformed': 'Это не секрет приложения: в нём 32 буквы и цифры без пробелов.',
  'instagram.app-secret-refused': 'Это секрет другого приложения, не того, которому выдан токен.',
  'instagram.human-agent': 'Отвечать семь дней',
  'instagram.human-agent-hint':
    'Только если Meta одобрила вашему приложению **Human Agent**. Без него отвечать можно 24 часа.',
  'instagram.callback-refused':
    'Ключи верные, но Meta не смогла обратиться к Konvert по его адресу. Нужен публичный https-адрес с действующим сертификатом. Обратитесь к тому, кто обслуживает ваш Konvert.',
  'instagram.webhook': 'Введите две строки в Meta',
  'instagram.webhook-open':
    'В App Dashboard откройте **Instagram → API setup with Instagram login**, раздел **Configure webhooks**.',
  'instagram.webhook-paste': 'Вставьте **Callback URL** и **Verify token** и нажмите **Verify and save**.',
  'instagram.webhook-fields': 'Ниже подпишитесь на эти поля:',
  'instagram.webhook-note':
    'Если вы указали App ID, это уже сделано, и здесь можно сверить. Нужно один раз на приложение.',
  'instagram.verify':
    'С Verify token Meta проверяет новый адрес приложения. Смените его, если его мог увидеть посторонний или нужно увидеть его ещё раз.',
} satisfies Record<keyof typeof en, string>;
