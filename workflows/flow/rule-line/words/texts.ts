/** What drawn steps say until their author says it better. Feedback may come from nobody known, and without a word. */

const email = '{{ contact.email | default: "" }}';
const phone = '{{ contact.phone | default: "" }}';

export const en = {
  email,
  phone,
  name: '{{ contact.name | default: "A customer" }}',
  account: '{{ account.name | default: "an account" }}',
  score: '{{ feedback.score | default: "no score" }}',
  comment: '{{ feedback.comment | default: "No comment." }}',
  headline: '{{ feedback.comment | default: "no comment" | strip_newlines | truncate: 120 }}',
  product: '{{ feedback.product | default: "not said" }}',
} as const;

export const fr = {
  email,
  phone,
  name: '{{ contact.name | default: "Un client" }}',
  account: '{{ account.name | default: "un compte" }}',
  score: '{{ feedback.score | default: "sans note" }}',
  comment: '{{ feedback.comment | default: "Sans commentaire." }}',
  headline: '{{ feedback.comment | default: "sans commentaire" | strip_newlines | truncate: 120 }}',
  product: '{{ feedback.product | default: "non précisé" }}',
} as const;
