import type { HttpRequest } from '#http/route';

/** Why no page is opened. */
export type Refusal = 'NOT_CONNECTED' | 'NO_SECRET' | 'NOT_PROVEN' | 'USED' | 'UNKNOWN_USER' | 'NO_CLIENT';

const LANGUAGES = ['en', 'ru'] as const;
type Language = (typeof LANGUAGES)[number];

/** One or two sentences for the person who looks: what it is, and what ends it. */
export const REFUSALS: Readonly<Record<Refusal, Readonly<Record<Language, string>>>> = {
  NOT_CONNECTED: {
    en: 'Konvert is not connected to this CRM any more, or is switched off. An administrator connects it in the settings of Konvert.',
    ru: 'Konvert больше не подключён к этой CRM или выключен. Администратор подключает его в настройках Konvert.',
  },
  NO_SECRET: {
    en: 'Konvert cannot check who is looking: it was not given the secret key of the integration. An administrator adds it in the settings of Konvert, under CRM.',
    ru: 'Konvert не может проверить, кто смотрит: ему не дали секретный ключ интеграции. Администратор добавляет его в настройках Konvert, раздел CRM.',
  },
  NOT_PROVEN: {
    en: 'The CRM did not say who is looking, or said it too long ago. Reload this page of the CRM.',
    ru: 'CRM не подтвердила, кто смотрит, или подтвердила слишком давно. Обновите эту страницу CRM.',
  },
  USED: {
    en: 'This has been opened already, and opens once. Open it again from the CRM.',
    ru: 'Это уже открывали, а открывается оно один раз. Откройте ещё раз из CRM.',
  },
  UNKNOWN_USER: {
    en: 'Konvert does not know you yet. An administrator presses “Refresh data from CRM” in the settings of Konvert.',
    ru: 'Konvert вас пока не знает. Администратор нажимает «Обновить данные из CRM» в настройках Konvert.',
  },
  NO_CLIENT: {
    en: 'There is no chat here yet. Chats appear when the client of this card writes to a messenger that is connected to Konvert.',
    ru: 'Здесь пока нет чатов. Они появятся, когда клиент этой карточки напишет в мессенджер, подключённый к Konvert.',
  },
};

/** The language of who looks, as the CRM tells it (`lang`, in Bitrix24 `LANG`), else the browser. */
export function languageOf({ query, headers }: Pick<HttpRequest, 'query' | 'headers'>): Language {
  const accepted = (headers['accept-language'] ?? '').split(',');
  const wishes = [query.lang ?? '', query.LANG ?? '', ...accepted].map((tag) => tag.trim().slice(0, 2).toLowerCase());
  return wishes.flatMap((wish) => LANGUAGES.filter((language) => language === wish))[0] ?? 'en';
}
