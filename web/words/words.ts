import { signal } from '@preact/signals';
import { IntlMessageFormat } from 'intl-messageformat';
import type { en } from './en.ts';
import type { GuideKey } from './guides/guide-words.ts';
import type { notices } from './notices-en.ts';
import type { en as settingsEn } from './settings/en.ts';
import type { stored } from './settings/stored-en.ts';
import type { team } from './settings/team-en.ts';
import type { statistics } from './statistics-en.ts';
import type { waits } from './waits-en.ts';

/** The name of something that the page says. */
export type Key =
  | keyof typeof en
  | keyof typeof settingsEn
  | keyof typeof statistics
  | keyof typeof stored
  | keyof typeof team
  | keyof typeof waits
  | keyof typeof notices
  | GuideKey;
/** What is put into its places. */
export type Values = Readonly<Record<string, string | number>>;
/** A language that the page speaks. */
export type Language = 'en' | 'ru';

interface Spoken {
  readonly language: Language;
  readonly catalogue: Readonly<Record<Key, string>>;
  readonly messages: Map<Key, IntlMessageFormat>;
  readonly formats: Map<string, unknown>;
}

type Words = Readonly<Record<string, string>>;

const spoken = signal<Spoken | undefined>(undefined);
/** How the words of what was loaded on demand are loaded in a language, by the name of that. */
const more = new Map<string, (language: Language) => Promise<Words>>();

/** The languages by their own names. */
export const LANGUAGES: Readonly<Record<Language, string>> = { en: 'English', ru: 'Русский' };

/** Loads a language and speaks it from then on. What is on the screen is said again. */
export async function speak(language: Language): Promise<void> {
  const catalogue = language === 'ru' ? (await import('./ru.ts')).ru : (await import('./en.ts')).en;
  const others = await Promise.all([...more.values()].map((load) => load(language)));
  const all = Object.assign({}, catalogue, ...others) as Spoken['catalogue'];
  spoken.value = { language, catalogue: all, messages: new Map(), formats: new Map() };
}

/**
 * Loads the words of a part in the language that is spoken, and from then on with each other language. If they cannot be
 * loaded, what was spoken before still is.
 */
export async function speakMore(part: string, load: (language: Language) => Promise<Words>): Promise<void> {
  more.set(part, load);
  try {
    await speak(language());
  } catch (error) {
    more.delete(part);
    throw error;
  }
}

/** The language that is spoken. Before the first `speak` it is English. */
export function language(): Language {
  return spoken.value?.language ?? 'en';
}

/** The first of the wished languages that the page speaks, else English. Regions do not matter. */
export function chooseLanguage(wishes: readonly (string | null | undefined)[]): Language {
  const known = wishes.map((wish) => wish?.slice(0, 2).toLowerCase()).find((wish) => wish === 'en' || wish === 'ru');
  return known ?? 'en';
}

/** Whether there are words of that name in the language that is spoken. */
export function isKey(name: string): name is Key {
  return spoken.value !== undefined && Object.hasOwn(spoken.value.catalogue, name);
}

/** Says something in the language that is spoken. A part that calls it is shown again when that changes. */
export function t(key: Key, values?: Values): string {
  const now = spoken.value;
  if (now === undefined) throw new Error('No language is loaded yet');
  let message = now.messages.get(key);
  if (message === undefined) {
    message = new IntlMessageFormat(now.catalogue[key], now.language);
    now.messages.set(key, message);
  }
  return String(message.format(values));
}

/** A formatter of the language that is spoken, made once: making one costs more than using it a thousand times. */
export function formatterOf<T>(name: string, make: (language: Language) => T): T {
  const formats = spoken.value?.formats;
  const known = formats?.get(name) as T | undefined;
  if (known !== undefined) return known;
  const made = make(language());
  formats?.set(name, made);
  return made;
}
