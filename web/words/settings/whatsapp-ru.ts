/** Connecting a WhatsApp number, in Russian. Meta's own words stand between two stars. */
export const whatsapp = {
  'whatsapp.title': 'WhatsApp Business',
  'whatsapp.needs': 'Нужны приложение Meta и номер, которого нет ни в одном WhatsApp. Займёт полчаса.',
  'whatsapp.app': 'Создайте приложение Meta',
  'whatsapp.app-portfolio': 'Заведите **business portfolio** на business.facebook.com.',
  'whatsapp.app-make':
    'На developers.facebook.com нажмите **Create app**, выберите тип **Business** и добавьте продукт **WhatsApp**.',
  'whatsapp.app-number':
    'Добавьте номер, который принимает СМС или звонки и не занят приложением WhatsApp. Если у номера статус **Pending**, зарегистрируйте его: **WhatsApp Manager → Phone numbers**.',
  'whatsapp.app-live': 'Укажите в приложении адрес политики конфиденциальности и переключите его в режим **Live**.',
  'whatsapp.app-note':
    'Начать можно до проверки компании: пока её нет, первыми можно писать 250 людям в день. Проверка занимает от нескольких дней до нескольких недель.',
  'whatsapp.app-link': 'Открыть приложения Meta',
  'whatsapp.not-public':
    'Meta обращается только к публичным https-адресам, а эта страница открыта по адресу {origin}. Сначала тот, кто обслуживает Konvert, должен задать такой адрес (KONVERT_PUBLIC_URL).',
  'whatsapp.number': 'Укажите номер',
  'whatsapp.number-open': 'В App Dashboard приложения откройте **WhatsApp → API Setup** и выберите номер.',
  'whatsapp.number-copy': 'Скопируйте оба идентификатора под ним.',
  'whatsapp.phone-number-id': 'Phone number ID',
  'whatsapp.phone-number-id-hint': 'Не сам номер, а около 15 цифр.',
  'whatsapp.phone-number-id-refused':
    'Meta не знает такого номера, или токену он недоступен. Проверьте Phone number ID и то, что системному пользователю назначен этот аккаунт WhatsApp.',
  'whatsapp.waba-id': 'WhatsApp Business Account ID',
  'whatsapp.waba-id-hint': 'Без него не будет шаблонов сообщений, а приложение придётся подписать вручную.',
  'whatsapp.waba-id-refused':
    'Meta не знает такого аккаунта, или токену он недоступен. Проверьте WhatsApp Business Account ID и то, что у системного пользователя полный доступ к нему.',
  'whatsapp.id-malformed': 'Идентификатор состоит только из цифр: от 5 до 25.',
  'whatsapp.secret': 'Вставьте секрет приложения',
  'whatsapp.secret-open': 'В App Dashboard откройте **App settings → Basic**.',
  'whatsapp.secret-show': 'Рядом с **App secret** нажмите **Show** и скопируйте значение.',
  'whatsapp.secret-note': 'Этим секретом Meta подписывает то, что присылает: так Konvert узнаёт, что это Meta.',
  'whatsapp.app-secret': 'App secret',
  'whatsapp.app-secret-malformed': 'Это не секрет приложения: в нём 32 буквы и цифры без пробелов.',
  'whatsapp.app-secret-refused':
    'Это секрет другого приложения, не того, которому выдан токен. Откройте нужное приложение: App settings → Basic → App secret.',
  'whatsapp.token': 'Вставьте бессрочный токен',
  'whatsapp.token-user':
    'Откройте **Business settings → Users → System users**, нажмите **Add** и выберите роль **Admin**.',
  'whatsapp.token-assets': 'Нажмите **Assign assets** и дайте приложение и аккаунт WhatsApp с правом **full control**.',
  'whatsapp.token-generate':
    'Нажмите **Generate token**, выберите приложение, срок **Never** и отметьте **whatsapp_business_messaging** и **whatsapp_business_management**.',
  'whatsapp.token-note': 'Токен со страницы API Setup не подойдёт: он действует одни сутки.',
  'whatsapp.token-link': 'Открыть System users',
  'whatsapp.access-token': 'Access token',
  'whatsapp.access-token-malformed': 'Это не токен доступа: он начинается с EAA и не содержит пробелов.',
  'whatsapp.access-token-refused':
    'Meta не принимает этот токен: он истёк, отозван или не даёт доступа к WhatsApp. Выпустите новый для системного пользователя.',
  'whatsapp.callback-refused':
    'Ключи верные, но Meta не смогла обратиться к Konvert по его адресу. Нужен публичный https-адрес с действующим сертификатом. Обратитесь к тому, кто обслуживает ваш Konvert.',
  'whatsapp.webhook': 'Введите две строки в Meta',
  'whatsapp.webhook-open':
    'В App Dashboard откройте **WhatsApp → Configuration** и рядом с **Webhook** нажмите **Edit**.',
  'whatsapp.webhook-paste': 'Вставьте **Callback URL** и **Verify token** и нажмите **Verify and save**.',
  'whatsapp.webhook-fields': 'Ниже, в разделе **Webhook fields**, подпишитесь на эти поля:',
  'whatsapp.webhook-note':
    'Сообщения уже приходят: при подключении номера Meta обратилась к Konvert и получила верный ответ. Этот шаг добавит звонки, то, что пишут с телефона, и состояние аккаунта. Нужен один раз на приложение.',
  'whatsapp.verify':
    'С Verify token Meta проверяет новый адрес приложения. Смените его, если его мог увидеть посторонний или нужно увидеть его ещё раз.',
  'whatsapp.blocked':
    'Meta заблокировала аккаунт. Почему и как это оспорить, написано в **WhatsApp Manager → Account quality**.',
  'whatsapp.unavailable': 'Номер сейчас не может отвечать. Причина — в **WhatsApp Manager → Phone numbers**.',
};
