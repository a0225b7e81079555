import type { Language } from "../sentence.js";

/** What feedback says, as texts put it in: it may come from nobody known, and without a word. */
const otherwise = {
  en: {
    name: "A customer",
    account: "a key account",
    comment: "No comment.",
    headline: "no comment",
    product: "not said",
  },
  fr: {
    name: "Un client",
    account: "un compte clé",
    comment: "Sans commentaire.",
    headline: "sans commentaire",
    product: "non précisé",
  },
} as const satisfies Record<Language, object>;

function saidIn(language: Language) {
  const { name, account, comment, headline, product } = otherwise[language];
  return {
    name: `{{ contact.name | default: "${name}" }}`,
    email: '{{ contact.email | default: "" }}',
    phone: '{{ contact.phone | default: "" }}',
    account: `{{ account.name | default: "${account}" }}`,
    comment: `{{ feedback.comment | default: "${comment}" }}`,
    headline: `{{ feedback.comment | default: "${headline}" | strip_newlines | truncate: 120 }}`,
    product: `{{ feedback.product | default: "${product}" }}`,
    score: "{{ feedback.score }}",
    run: "{{ run.url }}",
  } as const;
}

export const inEnglish = saidIn("en");
export const inFrench = saidIn("fr");
