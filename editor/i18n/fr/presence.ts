import type { presence as english } from "../en/presence.js";
import type { Strings } from "../strings.js";

export const presence: Strings<typeof english> = {
  presence: {
    title: "Qui d'autre a ouvert ce flux",
    here: "Également ici : {{names}}",
    isHere: "{{who}} a ouvert ce flux",
    word: "modifie",
    editing: "{{who}} modifie ce flux.",
    ownEditing: "Vous le modifiez dans un autre onglet.",
    tookOver: "{{who}} a pris la main.",
    ownTookOver: "Vous avez continué dans un autre onglet.",
    lookingOn: "Vous regardez.",
    saved: "Votre dernière modification est enregistrée.",
    kept: "Vos dernières modifications sont gardées dans ce navigateur.",
    notKept:
      "Vos dernières modifications ne sont que sur cette page : le navigateur n'a plus de place pour les garder. Copiez ce qu'il vous faut.",
    unread:
      "Des modifications de ce flux sont gardées dans ce navigateur, et cette version ne sait pas les lire. Elles y restent.",
    takeOver: "Prendre la main",
    takeBack: "Reprendre la main",
    editHere: "Modifier ici",
    ask: "Prendre la main ?",
    askText:
      "{{who}} a modifié quelque chose il y a moins d'une minute ; rien n'en sera perdu, mais cette personne ne pourra plus que regarder.",
  },
};
