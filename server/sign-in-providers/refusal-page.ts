import { escapeHtml, plainPage } from "../members/plain-page.js";
import type { RefusalReason, SignInRefusal } from "./sign-in-refusal.js";

interface Words {
  readonly title: string;
  readonly again: string;
  /** Where the provider's own name is not known. */
  readonly provider: string;
  /** `{provider}` stands for how the sign-in page names it. */
  readonly reasons: Readonly<Record<RefusalReason, string>>;
}

const words: Readonly<Record<"en" | "fr", Words>> = {
  en: {
    title: "You are not signed in",
    again: "Back to sign-in",
    provider: "the provider",
    reasons: {
      attempt_gone:
        "This sign-in took too long, was used already, or began in another browser. Begin it again, in one browser.",
      no_provider: "Sign-in by this provider is not set up any more. Ask an admin how to sign in.",
      unsolicited:
        "This sign-in began at the provider. It has to begin here, so that nobody is signed in who did not ask for it: open Loopwright, and press the provider’s button.",
      no_lasting_name:
        "{provider} calls you by another name each time, so nobody could be known again. Tell an admin: the provider has to send a lasting NameID.",
      provider_refused:
        "{provider} did not sign you in. Begin again, or ask whoever runs it whether you may use Loopwright.",
      unreachable: "{provider} cannot be reached right now. Try again in a minute; if it stays, tell an admin.",
      answer_refused:
        "The answer of {provider} cannot be trusted, so it was not used. Begin again; if it stays, tell an admin: the settings do not fit.",
      put_out: "Your access to this workspace was closed. Ask an admin to let you in again.",
      no_email: "{provider} does not say your e-mail address. Ask an admin to have it shared with Loopwright.",
      email_unverified: "{provider} has not verified your e-mail address yet. Verify it there, then begin again.",
      foreign_domain:
        "Your e-mail address belongs to no domain that may sign in here. Use another account, or ask an admin.",
      linked_elsewhere:
        "Somebody with your e-mail address signs in here by another account of {provider}. Use that account, or ask an admin to unlink it.",
      unknown_member: "Nobody here has your e-mail address. Ask an admin to invite you.",
    },
  },
  fr: {
    title: "Vous n’êtes pas connecté",
    again: "Retour à la connexion",
    provider: "le fournisseur",
    reasons: {
      attempt_gone:
        "Cette connexion a trop duré, a déjà servi ou a commencé dans un autre navigateur. Recommencez, dans un seul navigateur.",
      no_provider:
        "La connexion par ce fournisseur n’est plus configurée. Demandez à un administrateur comment vous connecter.",
      unsolicited:
        "Cette connexion a commencé chez le fournisseur. Elle doit commencer ici, pour que personne ne soit connecté sans l’avoir demandé : ouvrez Loopwright et appuyez sur le bouton du fournisseur.",
      no_lasting_name:
        "{provider} vous donne un autre nom à chaque fois : personne ne pourrait être reconnu. Prévenez un administrateur : le fournisseur doit envoyer un NameID durable.",
      provider_refused:
        "{provider} ne vous a pas connecté. Recommencez, ou demandez à son responsable si vous pouvez utiliser Loopwright.",
      unreachable:
        "{provider} est injoignable pour le moment. Réessayez dans une minute ; si cela persiste, prévenez un administrateur.",
      answer_refused:
        "La réponse de {provider} n’est pas digne de confiance et n’a pas été utilisée. Recommencez ; si cela persiste, prévenez un administrateur : les réglages ne conviennent pas.",
      put_out: "Votre accès à cet espace a été fermé. Demandez à un administrateur de vous le rouvrir.",
      no_email:
        "{provider} ne donne pas votre adresse e-mail. Demandez à un administrateur de la faire partager avec Loopwright.",
      email_unverified: "{provider} n’a pas encore vérifié votre adresse e-mail. Faites-la vérifier, puis recommencez.",
      foreign_domain:
        "Votre adresse e-mail n’appartient à aucun domaine admis ici. Utilisez un autre compte, ou demandez à un administrateur.",
      linked_elsewhere:
        "Quelqu’un qui a votre adresse e-mail se connecte ici par un autre compte de {provider}. Utilisez ce compte, ou demandez à un administrateur de le dissocier.",
      unknown_member: "Personne ici n’a votre adresse e-mail. Demandez à un administrateur de vous inviter.",
    },
  },
};

export const refusalLanguages = Object.keys(words);

export interface RefusalPage {
  readonly language: string | false;
  readonly refusal: SignInRefusal;
  readonly locals: Readonly<Record<string, unknown>>;
}

export function refusalPage({ language, refusal, locals }: RefusalPage): string {
  const chosen = language === "fr" ? "fr" : "en";
  const { title, again, provider, reasons } = words[chosen];
  const said = reasons[refusal.reason].replaceAll("{provider}", () => escapeHtml(refusal.label ?? provider));
  const sentence = said.charAt(0).toUpperCase() + said.slice(1);
  return plainPage({
    language: chosen,
    title,
    locals,
    body: [`<p>${sentence}</p>`, `<p><a href="/">${again}</a></p>`],
  });
}

/** 502 and 503 are the provider's; the rest is about whoever came. */
export const statusOf = ({ reason }: SignInRefusal): number => {
  if (reason === "unreachable") return 503;
  if (reason === "answer_refused") return 502;
  if (reason === "no_provider") return 404;
  return reason === "attempt_gone" || reason === "unsolicited" ? 400 : 403;
};
