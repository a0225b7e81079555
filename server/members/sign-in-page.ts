import { plainPage } from "./plain-page.js";

/** What a person reads whose sign-in link does not work, or is missing. Whoever opens another page without being signed in is shown the editor's own sign-in page. */
const words = {
  en: {
    title: "Sign in to Loopwright",
    used: "This sign-in link was used already, or is too old. Each works once.",
    none: "Loopwright is opened by a sign-in link.",
    other: "Sign in by password, passkey or provider",
    what: "For a new link, run this where Loopwright is installed, and open the address that it prints:",
    who: "If somebody else runs it for you, ask them for a link.",
    sure: "This link signs this browser in, in the place of whoever is signed in here. Go on if you asked for it, or know who gave it to you.",
    goOn: "Sign in by this link",
    stay: "No, leave everything as it is",
  },
  fr: {
    title: "Se connecter à Loopwright",
    used: "Ce lien de connexion a déjà servi ou a expiré. Chacun ne sert qu’une fois.",
    none: "Loopwright s’ouvre par un lien de connexion.",
    other: "Se connecter par mot de passe, clé d’accès ou fournisseur",
    what: "Pour obtenir un nouveau lien, lancez ceci là où Loopwright est installé, puis ouvrez l’adresse affichée :",
    who: "Si quelqu’un d’autre s’en occupe pour vous, demandez-lui un lien.",
    sure: "Ce lien connecte ce navigateur, à la place de qui y est connecté. Continuez si vous l’avez demandé, ou si vous savez qui vous l’a donné.",
    goOn: "Se connecter par ce lien",
    stay: "Non, ne rien changer",
  },
} as const;

export const signInLanguages = Object.keys(words);

export interface SignInPage {
  readonly language: string | false;
  readonly reason: "used" | "none";
  readonly locals: Readonly<Record<string, unknown>>;
}

export function signInPage({ language, reason, locals }: SignInPage): string {
  const chosen = chosenOf(language);
  const { title, other, what, who, ...reasons } = words[chosen];
  const command = "<pre><code>npm run --silent cli -- sign-in-link</code></pre>";
  return plainPage({
    ...{ language: chosen, title, locals },
    body: [`<p>${reasons[reason]}</p>`, `<p><a href="/">${other}</a></p>`, `<p>${what}</p>`, command, `<p>${who}</p>`],
  });
}

const chosenOf = (language: string | false): "en" | "fr" => (language === "fr" ? "fr" : "en");

/** Asks whether a link that works is to be used. */
export function confirmPage({
  language,
  token,
  locals,
}: Omit<SignInPage, "reason"> & { readonly token: string }): string {
  const chosen = chosenOf(language);
  const { title, sure, goOn, stay } = words[chosen];
  const form = `<form method="post" action="/sign-in/confirm?token=${encodeURIComponent(token)}"><button>${goOn}</button></form>`;
  return plainPage({
    ...{ language: chosen, title, locals },
    body: [`<p>${sure}</p>`, form, `<p><a href="/">${stay}</a></p>`],
  });
}
