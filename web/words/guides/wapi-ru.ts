import type { words as en } from './wapi-en.ts';

/** Connecting a WhatsApp number, in Russian. Meta's own words stand between two stars. */
export const words = {
  'wapi.app': 'Создайте приложение Meta',
  'wapi.app-portfolio': 'Заведите **business portfolio** на business.facebook.com.',
  'wapi.app-make':
    'На developers.facebook.com нажмите **Create app**, выберите тип **Business** и добавьте продукт **WhatsApp**.',
  'wapi.app-number':
    'Добавьте номер, который принимает СМС или звонки и не занят приложением WhatsApp. Если у номера статус **Pending**, зарегистрируйте его: **WhatsApp Manager → Phone numbers**.',
  'wapi.app-live': 'Укажите в приложении адрес политики конфиденциальности и переключите его в режим **Live**.',
  'wapi.app-note':
    'Начать можно до проверки компании: пока её нет, первыми можно писать 250 людям в день. Проверка занимает от нескольких дней до нескольких недель.',
  'wapi.app-link': 'Открыть приложения Meta',
  'wapi.not-public':
    'Meta обращается только к публичным https-адресам, а эта страница открыта по адресу {origin}. Сначала тот, кто обслуживает Konvert, должен задать такой адрес (KONVERT_PUBLIC_URL).',
  'wapi.number': 'Укажите номер',
  'wapi.number-open': 'В App Dashboard приложения откройте **WhatsApp → API Setup** и выберите номер.',
  'wapi.number-copy': 'Скопируйте оба идентификатора под ним.',
  'wapi.phone-number-id': 'Phone number ID',
  'wapi.phone-number-id-hint': 'Не сам номер, а около 15 цифр.',
  'wapi.phone-number-id-refused':
    'Meta не знает такого номера, или токену он недоступен. Проверьте Phone number ID и то, что системному пользователю назначен этот аккаунт WhatsApp.',
  'wapi.waba-id': 'WhatsApp Business Account ID',
  'wapi.waba-id-hint': 'Без него не будет шаблонов сообщений, а приложение придётся подписать вручную.',
  'wapi.waba-id-refused':
    'Meta не знает такого аккаунта, или токену он недоступен. Проверьте WhatsApp Business Account ID и то, что у системного пользователя полный доступ к нему.',
  'wapi.id-malformed': 'Идентификатор состоит только из цифр: от 5 до 25.',
  'wapi.secret': 'Вставьте секрет приложения',
  'wapi.secret-open': 'В App Dashboard откройте **App settings → Basic**.',
  'wapi.secret-show': 'Рядом с **App secret** нажмите **Show** и скопируйте значение.',
  'wapi.secret-note': 'Этим секретом Meta подписывает то, что присылает: так Konvert узнаёт, что это Meta.',
  'wapi.app-secret': 'App secret',
  'wapi.app-secret-malformed': 'Это не секрет приложения: в нём 32 буквы и цифры без пробелов.',
  'wapi.app-secret-refused':
    'Это секрет другого приложения, не того, которому выдан токен. Откройте нужное приложение: App settings → Basic → App secret.',
  'wapi.token': 'Вставьте бессрочный токен',
  'wapi.token-user':
    'Откройте **Business settings → Users → System users**, нажмите **Add** и выберите роль **Admin**.',
  'wapi.token-assets': 'Нажмите **Assign assets** и дайте приложение и аккаунт WhatsApp с правом **full control**.',
  'wapi.token-generate':
    'Нажмите **Generate token**, выберите приложение, срок **Never** и отметьте **whatsapp_business_messaging** и **whatsapp_business_management**.',
  'wapi.token-note': 'Токен со страницы API Setup не подойдёт: он действует одни сутки.',
  'wapi.token-link': 'Открыть System users',
  'wapi.access-token': 'Access token',
  'wapi.access-token-malformed': 'Это не токен доступа: он начинается с EAA и не содержит пробелов.',
  'wapi.access-token-refused':
    'Meta не принимает этот токен: он истёк, отозван или не даёт доступа к WhatsApp. Выпустите новый для системного пользователя.',
  'wapi.callback-refused':
    'Ключи верные, но Meta не смогла обратиться к Konvert по его адресу. Нужен публичный https-адрес с действующим сертификатом. Обратитесь к тому, кто обслуживает ваш Konvert.',
  'wapi.webhook': 'Введите две строки в Meta',
  'wapi.webhook-open': 'В App Dashboard откройте **WhatsApp → Configuration** и рядом с **Webhook** нажмите **Edit**.',
  'wapi.webhook-paste': 'Вставьте **Callback URL** и **Verify token** и нажмите **Verify and save**.',
  'wapi.webhook-fields': 'Ниже, в разделе **Webhook fields**, подпишитесь на эти поля:',
  'wapi.webhook-note':
    'Сообщения уже приходят: при подключении номера Meta обратилась к Konvert и получила верный ответ. Этот шаг добавит звонки, то, что пишут с телефона, и состояние аккаунта. Нужен один раз на приложение.',
  'wapi.verify':
    'С Verify token Meta проверяет новый адрес приложения. Смените его, если его мог увидеть посторонний или нужно увидеть его ещё раз.',
  'wapi.blocked':
    'Meta заблокировала аккаунт. Почему и как это оспорить, написано в **WhatsApp Manager → Account quality**.',
  'wapi.unavailable': 'Номер сейчас не может отвечать. Причина — в **WhatsApp Manager → Phone numbers**.',
} satisfies Record<keyof typeof en, string>;
