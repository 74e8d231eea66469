/** The language of the page: chosen by the person, else the browser's, else English. Only the chosen one is loaded. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { en } from './en/index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'texts';
    resources: { texts: typeof en };
  }
}

const LOADERS = {
  en: async () => (await import('./en/index.ts')).en,
  de: async () => (await import('./de/index.ts')).de,
};
export type Language = keyof typeof LOADERS;
export const LANGUAGES = Object.keys(LOADERS) as Language[];

const STORED_AS = 'headgate-language';

function isLanguage(text: string | null): text is Language {
  return text !== null && Object.hasOwn(LOADERS, text);
}

function preferredLanguage(): Language {
  const stored = localStorage.getItem(STORED_AS);
  if (isLanguage(stored)) return stored;
  return navigator.languages.map((tag) => tag.split('-', 1)[0]!).find(isLanguage) ?? 'en';
}

async function load(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'texts')) {
    i18next.addResourceBundle(language, 'texts', await LOADERS[language]());
  }
  document.documentElement.lang = language;
}

/** Call it once, before the first paint. */
export async function startTexts(): Promise<void> {
  const language = preferredLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'texts',
    ns: ['texts'],
    resources: {},
    // React escapes.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    partialBundledLanguages: true,
  });
  await load(language);
}

export async function chooseLanguage(language: Language): Promise<void> {
  await load(language);
  localStorage.setItem(STORED_AS, language);
  await i18next.changeLanguage(language);
}
