import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { withHardSpaces, type Tree } from "./hard-spaces.js";

export const languages = { en: "English", fr: "Français" } as const;
export type Language = keyof typeof languages;

/** A reader loads the words of one language: each has all of them (`Strings`). */
const wordsIn: Readonly<Record<Language, () => Promise<Tree>>> = {
  en: async () => (await import("./en.js")).en,
  fr: async () => withHardSpaces((await import("./fr.js")).fr),
};

const STORED = "loopwright.language";
const isLanguage = (value: string | null | undefined): value is Language => value === "en" || value === "fr";

/** The reader's own choice, else what the browser asks for, else English. */
export function firstLanguage(stored: string | null, wanted: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  return wanted.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? "en";
}

export async function startI18n(): Promise<void> {
  const lng = firstLanguage(localStorage.getItem(STORED), navigator.languages);
  await i18next.use(initReactI18next).init({
    lng,
    resources: { [lng]: { translation: await wordsIn[lng]() } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = lng;
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  i18next.addResourceBundle(language, "translation", await wordsIn[language]());
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
