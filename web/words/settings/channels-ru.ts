import { messengers } from './messengers-ru.ts';

/** The channels of the settings, in Russian. */
export const channels = {
  ...messengers,

  'channels.title': 'Каналы',
  'channels.connect': 'Подключить мессенджер',
  'channels.none': 'Пока не подключён ни один мессенджер',
  'channels.none-more': 'Подключите первый — и сообщения клиентов будут приходить в чаты вашей команды.',
  'channels.list': 'Подключённые каналы',
  'channels.gone': 'Этого канала больше нет.',
  'channels.to-list': 'Все каналы',

  // states
  'channels.active': 'Работает',
  'channels.polled':
    'Konvert сам забирает сообщения, потому что мессенджеры не могут обратиться к этому компьютеру. Не выключайте его.',
  'channels.disabled': 'Выключен',
  'channels.disabled-what': 'Сообщения клиентов не сохраняются, отправить ничего нельзя.',
  'channels.unauthorized': 'Нужны новые ключи доступа',
  'channels.unauthorized-what':
    '{messenger} больше не принимает ключи доступа: их отозвали или у них истёк срок. Сообщения не приходят и не уходят.',
  'channels.blocked': 'Заблокирован: {messenger}',
  'channels.openelsewhere': 'Сообщения получает другая программа',
  'channels.openelsewhere-what':
    'Сообщения клиентов приходят туда, а не сюда. Переключите канал — и они снова придут сюда.',
  'channels.init': 'Подключается',
  'channels.init-what': 'Мост связывается с телефоном. Это займёт не больше минуты.',
  'channels.qridle': 'Не связан с телефоном',
  'channels.qridle-what': 'Пока телефоном не отсканирован QR-код, сообщения не приходят и не уходят.',
  'channels.phoneUnavailable': 'Не может отвечать',
  'channels.deaf': 'Ничего не получает',
  'channels.deaf-what': '{messenger} не обращается к Konvert с {since}, и повторная регистрация не помогла: {why}',
  'channels.deaf-again': 'Зарегистрировать снова',
  'channels.phone': 'QR-код',
  'channels.phone-code': 'QR-код, который связывает телефон',
  'channels.phone-again': 'Показать код снова',
  'channels.phone-asking': 'Konvert спрашивает мост…',
  'channels.phone-scan': 'Ждём телефон. Новый код появится сам.',
  'channels.phone-init': 'Мост готовит код. Это займёт несколько секунд.',
  'channels.phone-qridle': 'Телефон пока не связан. Мост готовит код.',
  'channels.phone-active': 'Телефон связан.',
  'channels.phone-phoneUnavailable': 'Телефон или мост не отвечает. Включён ли телефон, работает ли мост?',
  'channels.phone-openelsewhere': 'Мост отдаёт сообщения другой программе. Сначала переключите канал сюда.',
  'channels.phone-ended': 'Пять минут код никто не сканировал, поэтому он скрыт.',
  'channels.enable': 'Включить',
  'channels.disable': 'Выключить',
  'channels.disable-what': 'Всё, что клиенты напишут, пока канал выключен, потеряется. Чаты останутся.',
  'channels.take-over': 'Переключить сюда',
  'channels.take-over-sure': 'Переключить сюда: другая программа больше ничего не получит',
  'channels.new-credentials': 'Указать новые ключи',

  // one channel
  'channels.name': 'Название',
  'channels.name-hint': 'Его видит команда, клиенты не видят.',
  'channels.name-missing': 'Дайте каналу название, не длиннее 200 знаков.',
  'channels.test': 'Проверить сообщением',
  'channels.credentials': 'Ключи доступа',
  'channels.credentials-what':
    'Нужны ключи того же аккаунта. Konvert сначала проверит их и только потом сохранит. Те, что уже есть, он никогда не показывает.',
  'channels.check-credentials': 'Проверить и сохранить',
  'channels.credentials-done': 'Новые ключи подошли: {messenger} их принял.',
  'channels.secret': 'Секрет вебхука',
  'channels.secret-renew': 'Сменить секрет',
  'channels.secret-done': 'Новый секрет действует.',
  'channels.secret-type-in':
    'Введите это в настройках {messenger}. Прежний секрет скоро перестанет действовать, а этот показан один раз.',
  'channels.webhook-url': 'Callback URL',
  'channels.verify-token': 'Verify token',
  'channels.secret-token': 'secret_token',
  'channels.webhook-fields': 'Webhook fields',
  'channels.once': 'Verify token показан один раз. Новый можно сделать когда угодно.',
  'channels.once-over': 'Verify token показывается один раз. Чтобы увидеть его, сделайте новый.',
  'channels.delete': 'Удалить канал',
  'channels.delete-what': 'Чаты останутся для чтения, но писать в них будет нельзя.',
  'channels.delete-sure': 'Удалить «{name}»?',
  'channels.delete-more':
    'Новые сообщения клиентов приходить не будут. Чаты, переписка и журнал распределения останутся для чтения. Если подключить снова, это будет новый канал с новыми чатами.',
  'channels.deleted': 'Канал «{name}» удалён.',

  // connecting
  'channels.choose': 'Какой мессенджер?',
  'channels.step': '{messenger}: шаг {number} из {count}',
  'channels.back': 'Назад',
  'channels.next': 'Далее',
  'channels.missing': 'Без этого не получится.',
  'channels.call-it': 'Как назвать канал',
  'channels.call-it-how':
    'Сейчас Konvert проверит вставленное: спросит {messenger}. Сохранится только то, что работает.',
  'channels.check': 'Проверить и подключить',
  'channels.checking': 'Konvert спрашивает {messenger}…',
  'channels.rare': 'Нужно редко',
  'channels.api-address': 'Адрес API',
  'channels.api-address-hint': 'Только если между Konvert и мессенджером стоит ваш сервер.',
  'channels.api-address-malformed': 'Это не адрес. Он начинается с https://',
  'channels.api-address-refused': 'Этот адрес не подходит: он должен начинаться с https:// и быть публичным.',

  // refusals
  'channels.says': '{messenger} отвечает: «{words}»',
  'channels.refused': '{messenger} не принимает эти ключи.',
  'channels.invalid': 'Konvert это не принял. Проверьте и попробуйте ещё раз.',
  'channels.other-account':
    'Это ключи другого аккаунта. Чаты этого канала принадлежат клиентам первого: подключите другой аккаунт как новый канал.',
  'channels.unreachable':
    '{messenger} сейчас не отвечает. Ничего не изменилось, введённое осталось на месте. Попробуйте через минуту.',
  'channels.elsewhere':
    'Сообщения этого аккаунта получает другая программа: {host}. Если переключить их сюда, туда они приходить перестанут.',
  'channels.here-already': 'Этот аккаунт уже подключён здесь как другой канал. Сначала удалите тот.',
  'channels.too-many': 'Этот аккаунт подключён уже пять раз. Удалите канал, который больше не нужен.',
  'channels.under-way': 'Этот канал сейчас меняет кто-то ещё. Попробуйте через минуту.',
  'channels.lost':
    'Konvert не ответил вовремя, и неизвестно, сделано ли это. Прежде чем повторить, посмотрите список каналов.',
  'channels.look': 'Посмотреть список',

  // the test message
  'channels.test-title': 'Напишите что-нибудь',
  'channels.connected': 'Канал «{name}» подключён',
  'channels.test-how':
    'Откройте {address} на телефоне — по коду или по ссылке — и напишите что угодно. Сообщение придёт сюда.',
  'channels.test-how-no-link': 'Напишите что угодно на {address}, как это сделал бы клиент. Сообщение придёт сюда.',
  'channels.test-code': 'Код со ссылкой на {address}',
  'channels.test-open': 'Открыть {address}',
  'channels.test-waiting': 'Ждём сообщения…',
  'channels.test-before': 'Последнее до этого: {name}, {time}',
  'channels.test-ended': 'За пять минут ничего не пришло.',
  'channels.test-help':
    'Вы написали на {address} и сообщение доставлено? Тогда посмотрите на состояние канала и в раздел «Состояние».',
  'channels.test-again': 'Подождать ещё',
  'channels.test-arrived': 'Дошло: сообщение от {name}',
  'channels.test-took':
    '{messenger} принял его в {sent}, Konvert сохранил {seconds, plural, one {через # секунду} few {через # секунды} many {через # секунд} other {через # секунды}}.',
  'channels.test-took-at-once': '{messenger} принял его в {sent}, Konvert сохранил в ту же секунду.',
  'channels.test-off': 'Канал выключен, поэтому сообщения не придут.',
  'channels.next-title': 'Что дальше',
  'channels.next-who': 'Решить, кому что достаётся',
  'channels.next-who-what': 'Пока ни у кого нет роли в этом канале, поэтому этот чат никто не видит.',
  'channels.as': 'Открыть чат от имени',
  'channels.as-manager': '{name} (руководитель)',
  'channels.as-auditor': '{name} (контроль качества)',
  'channels.as-seller': '{name} (менеджер)',
  'channels.open-chat': 'Открыть чат',
  'channels.opened': 'Чат открыт в другой вкладке.',
  'channels.opened-not': 'Вкладки нет? Откройте здесь',
};
