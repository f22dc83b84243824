/** How each CRM is connected, in Russian. What stands between two stars are its own words. */
export const crmGuides = {
  'crm.token-malformed': 'Это не похоже на токен. Скопируйте его ещё раз, целиком.',
  'crm.token-refused': 'Токен не подошёл. Он скопирован целиком и не отозван?',
  'crm.secret-malformed': 'Это не похоже на ключ. Скопируйте его ещё раз, целиком.',
  'crm.secret-refused': 'Ключ не подошёл.',
  'crm.client-id-malformed': 'Это не похоже на ID. Скопируйте его ещё раз, целиком.',
  'crm.client-id-refused': 'ID не подошёл.',
  'crm.host-malformed': 'Напишите адрес, как в строке браузера.',
  'crm.host-refused': 'По этому адресу аккаунта нет, или токен от другого аккаунта.',

  'hubspot.needs': 'Ключ, который администратор создаст в настройках. Одна минута.',
  'hubspot.key': 'Создайте ключ',
  'hubspot.key-open': 'В HubSpot откройте настройки (шестерёнка), там **Integrations → Service Keys**.',
  'hubspot.key-make': 'Нажмите **Create service key**, назовите ключ Konvert.',
  'hubspot.key-scopes':
    'В разделе **Scopes** добавьте чтение и запись контактов и сделок (**crm.objects.contacts**, **crm.objects.deals**), их полей (**crm.schemas.contacts**, **crm.schemas.deals**) и чтение владельцев (**crm.objects.owners.read**).',
  'hubspot.key-copy': 'Нажмите **Create**, затем **Show** и скопируйте ключ.',
  'hubspot.key-note':
    'С таким ключом изменения из HubSpot приходят через несколько минут: уведомлений у него нет. С приложением из папки integrations/hubspot они приходят за секунды, тогда вставьте его access token и client secret.',
  'hubspot.key-link': 'Открыть HubSpot',
  'hubspot.token': 'Вставьте его сюда',
  'hubspot.token-paste': 'Вставьте ключ. Konvert сразу проверит его и создаст своё поле у контактов и сделок.',
  'hubspot.access-token': 'Service key или access token приложения',
  'hubspot.client-secret': 'Client secret приложения',
  'hubspot.client-secret-hint': 'Только для приложения. Этим ключом подписаны уведомления.',

  'amocrm.needs': 'Приватная интеграция, администратор создаст её за минуту.',
  'amocrm.integration': 'Создайте приватную интеграцию',
  'amocrm.integration-open': 'В amoCRM откройте **амоМаркет** (в Kommo — **Настройки → Интеграции**).',
  'amocrm.integration-make':
    'Нажмите на три точки, **Создать интеграцию**, и выберите **Внешняя интеграция** (в Kommo — **Приватная**).',
  'amocrm.integration-name':
    'Назовите её Konvert, отметьте **Предоставить доступ: Все** и сохраните. Ссылка для перенаправления с токеном не нужна: укажите любую свою.',
  'amocrm.integration-note': 'Делайте это как администратор: только он может регистрировать уведомления.',
  'amocrm.token': 'Скопируйте токен',
  'amocrm.token-open': 'В интеграции откройте **Ключи и доступы**.',
  'amocrm.token-make':
    'Нажмите **Сгенерировать токен** (долгосрочный), выберите самый поздний день и сразу скопируйте: токен показывается один раз.',
  'amocrm.host': 'Адрес аккаунта',
  'amocrm.host-hint': 'Как в браузере: вашакомпания.amocrm.ru или yourcompany.kommo.com',
  'amocrm.access-token': 'Долгосрочный токен',
  'amocrm.client-id': 'ID интеграции',
  'amocrm.client-id-hint':
    'Для чатов внутри карточек. Нужен и для подключения без токена: ссылкой для перенаправления укажите …/v1/crm/callback/amocrm этого Konvert, токен оставьте пустым, и amoCRM спросит разрешение.',
  'amocrm.client-secret': 'Секретный ключ',
  'amocrm.client-secret-hint': 'Только для чатов внутри карточек amoCRM. Он там же, где токен.',

  'bitrix24.name': 'Битрикс24',
  'bitrix24.needs': 'Локальное приложение, администратор добавит его за две минуты.',
  'bitrix24.app': 'Добавьте локальное приложение',
  'bitrix24.app-open': 'В Битрикс24 откройте **Разработчикам → Готовые сценарии → Другое → Локальное приложение**.',
  'bitrix24.app-server':
    'Выберите **Серверное**, отметьте **Использует только API** и дайте права **CRM (crm)**, **Пользователи (user)** и **Встраивание приложений (placement)**.',
  'bitrix24.app-path':
    'В полях **Путь вашего обработчика** и **Путь для первоначальной установки** пока укажите любой адрес: нужные появятся через минуту.',
  'bitrix24.app-save': 'Сохраните. Появятся код и ключ приложения.',
  'bitrix24.app-note': 'Битрикс24 обращается к Konvert по https, поэтому откройте эту страницу по её внешнему адресу.',
  'bitrix24.keys': 'Скопируйте код и ключ',
  'bitrix24.keys-copy':
    'Скопируйте из приложения **Код приложения (client_id)** и **Ключ приложения (client_secret)**.',
  'bitrix24.host': 'Адрес вашего Битрикс24',
  'bitrix24.host-hint': 'Как в браузере: вашакомпания.bitrix24.ru',
  'bitrix24.client-id': 'Код приложения (client_id)',
  'bitrix24.client-id-hint': 'Начинается с «local.»',
  'bitrix24.client-secret': 'Ключ приложения (client_secret)',
  'bitrix24.install': 'Установите приложение',
  'bitrix24.install-paste': 'В приложении замените оба адреса на эти и сохраните его.',
  'bitrix24.install-press': 'Нажмите **Переустановить**. После этого Битрикс24 сообщит Konvert, что его пускают.',
  'bitrix24.handler-path': 'Путь вашего обработчика',
  'bitrix24.install-path': 'Путь для первоначальной установки',
  'bitrix24.leads':
    'В Битрикс24 включены **лиды** (классический режим), а Konvert создаёт контакты и сделки. Включите **Простая CRM (без лидов)** в разделе **CRM → Настройки → Другое → Режим работы CRM** или оставьте как есть: лиды будут пустыми.',
  'hubspot.client-id': 'Client ID приложения',
  'hubspot.client-id-hint': 'Только для приложения с OAuth: тогда токен не нужен, HubSpot спросит разрешения.',
  'hubspot.app-addresses':
    'Чтобы изменения приходили за секунды, впишите эти адреса в приложение из папки **integrations/hubspot**.',
  'hubspot.app-upload': 'Загрузите его командой **hs project upload** и установите в своём аккаунте.',
  'hubspot.app-credentials':
    'Укажите в Konvert новые ключи: access token и client secret со вкладки **Auth** приложения.',
};
