/**
 * How the words of each guide are loaded, by transport and language: the keys of a guide begin with its transport. They
 * are no part of the settings' own words, which everybody loads who opens the settings.
 */
export const GUIDE_WORDS = {
  telegram: { en: () => import('./telegram-en.ts'), ru: () => import('./telegram-ru.ts') },
  wapi: { en: () => import('./wapi-en.ts'), ru: () => import('./wapi-ru.ts') },
  whatsapp: { en: () => import('./whatsapp-en.ts'), ru: () => import('./whatsapp-ru.ts') },
  instagram: { en: () => import('./instagram-en.ts'), ru: () => import('./instagram-ru.ts') },
  facebook: { en: () => import('./facebook-en.ts'), ru: () => import('./facebook-ru.ts') },
  maxbot: { en: () => import('./maxbot-en.ts'), ru: () => import('./maxbot-ru.ts') },
  vk: { en: () => import('./vk-en.ts'), ru: () => import('./vk-ru.ts') },
  avito: { en: () => import('./avito-en.ts'), ru: () => import('./avito-ru.ts') },
  viber: { en: () => import('./viber-en.ts'), ru: () => import('./viber-ru.ts') },
};

type Keys<Words> = Words extends Words ? keyof Words : never;
type Loaders = typeof GUIDE_WORDS;

/** The name of something that a guide says. */
export type GuideKey = Keys<Awaited<ReturnType<Loaders[keyof Loaders]['en']>>['words']>;
