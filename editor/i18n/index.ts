import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en.js";
import { fr } from "./fr.js";
import { withHardSpaces } from "./hard-spaces.js";

export const languages = { en: "English", fr: "Français" } as const;
export type Language = keyof typeof languages;

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
    fallbackLng: "en",
    resources: { en: { translation: en }, fr: { translation: withHardSpaces(fr) } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = lng;
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
