import type { words as en } from './facebook-en.ts';

/** Connecting a Facebook page, in Russian. Meta's own words stand between two stars. */
export const words = {
  'facebook.app': 'Создайте приложение Meta',
  'facebook.app-page': 'Заведите страницу Facebook в **business portfolio** на business.facebook.com.',
  'facebook.app-make':
    'На developers.facebook.com нажмите **Create app**, выберите сценарий **Engage with customers on Messenger from Meta** и портфолио.',
  'facebook.app-live': 'Укажите в приложении адрес политики конфиденциальности и переключите его в режим **Live**.',
  'facebook.app-note':
    'Пока приложение не в режиме Live, Meta сообщает только о тех, у кого есть роль в приложении: сообщения клиентов не приходят. Для клиентов нужны ещё проверка **pages_messaging** (App Review) и проверка компании: от нескольких дней до нескольких недель.',
  'facebook.app-link': 'Открыть приложения Meta',
  'facebook.not-public':
    'Meta обращается только к публичным https-адресам, а эта страница открыта по адресу {origin}. Сначала тот, кто обслуживает Konvert, должен задать такой адрес (KONVERT_PUBLIC_URL).',
  'facebook.page': 'Укажите страницу',
  'facebook.page-open': 'В Meta Business Suite откройте **Settings → Business assets → Pages** и выберите страницу.',
  'facebook.page-copy': 'Скопируйте **ID** под её названием.',
  'facebook.page-id': 'Page ID',
  'facebook.page-id-hint': 'Только цифры, не имя из адреса страницы.',
  'facebook.page-id-refused':
    'Meta не знает такой страницы, или токену она недоступна. Проверьте Page ID и то, что токен выдан этой странице.',
  'facebook.id-malformed': 'Идентификатор состоит только из цифр: от 5 до 25.',
  'facebook.secret': 'Вставьте секрет приложения',
  'facebook.secret-open': 'В App Dashboard откройте **App settings → Basic**.',
  'facebook.secret-show': 'Скопируйте **App ID**. Рядом с **App secret** нажмите **Show** и скопируйте значение.',
  'facebook.secret-note': 'Этим секретом Meta подписывает то, что присылает: так Konvert узнаёт, что это Meta.',
  'facebook.app-id': 'App ID',
  'facebook.app-id-hint': 'С ним Konvert сам впишет свой адрес в настройки приложения.',
  'facebook.app-id-refused':
    'Meta не знает такого приложения, или секрет от другого. Скопируйте оба значения с одной страницы.',
  'facebook.app-secret': 'App secret',
  'facebook.app-secret-malformed': 'Это не секрет приложения: в нём 32 буквы и цифры без пробелов.',
  'facebook.app-secret-refused':
    'Это секрет другого приложения, не того, которому выдан токен. Откройте нужное приложение: App settings → Basic → App secret.',
  'facebook.token': 'Вставьте токен страницы',
  'facebook.token-user':
    'Откройте **Business settings → Users → System users**, нажмите **Add** и выберите роль **Admin**.',
  'facebook.token-assets': 'Нажмите **Assign assets** и дайте приложение и страницу с правом **full control**.',
  'facebook.token-generate':
    'В App Dashboard откройте **Messenger → Messenger API settings**, подключите страницу в **Generate access tokens** и нажмите **Generate**.',
  'facebook.token-note':
    'Нужны права **pages_messaging**, **pages_manage_metadata** и **pages_show_list**. Токен страницы бессрочный.',
  'facebook.token-link': 'Открыть System users',
  'facebook.access-token': 'Page access token',
  'facebook.access-token-malformed': 'Это не токен доступа: он начинается с EAA и не содержит пробелов.',
  'facebook.access-token-refused':
    'Meta не принимает этот токен: он истёк, отозван или не даёт читать сообщения страницы. Выпустите новый.',
  'facebook.human-agent': 'Отвечать семь дней',
  'facebook.human-agent-hint':
    'Только если Meta одобрила вашему приложению **Human Agent**. Без него отвечать можно 24 часа.',
  'facebook.callback-refused':
    'Ключи верные, но Meta не смогла обратиться к Konvert по его адресу. Нужен публичный https-адрес с действующим сертификатом. Обратитесь к тому, кто обслуживает ваш Konvert.',
  'facebook.webhook': 'Введите две строки в Meta',
  'facebook.webhook-open':
    'В App Dashboard откройте **Messenger → Messenger API settings** и в **Configure webhooks** нажмите **Edit**.',
  'facebook.webhook-paste': 'Вставьте **Callback URL** и **Verify token** и нажмите **Verify and save**.',
  'facebook.webhook-fields': 'Ниже, в разделе **Webhook fields**, подпишитесь на эти поля:',
  'facebook.webhook-note':
    'Если вы указали App ID, это уже сделано, и здесь можно сверить. Нужно один раз на приложение.',
  'facebook.verify':
    'С Verify token Meta проверяет новый адрес приложения. Смените его, если его мог увидеть посторонний или нужно увидеть его ещё раз.',
  'facebook.blocked':
    'Meta заблокировала страницу. Почему и как это оспорить, написано в **Page quality** в Meta Business Suite.',
} satisfies Record<keyof typeof en, string>;
