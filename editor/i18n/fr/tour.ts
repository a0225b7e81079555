import type { Strings } from "../strings.js";
import type { tour as en } from "../en/tour.js";

export const tour: Strings<typeof en> = {
  tour: {
    title: "Voir la boucle se fermer, en cinq étapes",
    short: "Visite",
    over: "Vous avez vu la boucle se fermer",
    count: "{{done}} sur {{all}}",
    dismiss: "Masquer la visite",
    restart: "Afficher la visite",
    done: "Fait",
    open: "Pas encore",
    step: {
      run: "Regarder ce qu'une exécution a fait",
      approve: "Approuver dans le Slack du bac à sable",
      line: "Dessiner un flux en une ligne",
      sample: "Envoyer un exemple",
      publish: "Publier votre flux et le voir s'exécuter",
    },
    text: {
      run: "Un client mécontent a été suivi. Ouvrez l'exécution : chaque étape montre ce qui est parti.",
      approve: "Un responsable est sollicité dans #cx. Approuvez là-bas, l'exécution continue ici.",
      line: "Nouveau flux, puis tapez : détracteur (0–6) → message Slack dans #cx",
      sample: "Sur la page d'une source, choisissez ce qu'un client pourrait dire.",
      publish: "Publiez-le, envoyez un autre exemple et regardez-le s'exécuter.",
    },
  },
  samples: {
    send: "Envoyer un exemple",
    of: {
      bug: "Détracteur avec un bug",
      promoter: "Promoteur",
      keyAccount: "Compte clé mécontent",
      french: "Détracteur francophone",
    },
    said: {
      bug: "The export crashes with files over 10 MB.",
      promoter: "Support solved it within minutes. Thank you!",
      keyAccount: "Late again. We are comparing offers.",
      french: "La facture est arrivée deux fois et personne ne répond.",
    },
    started_one: "Envoyé. {{count}} exécution lancée.",
    started_other: "Envoyé. {{count}} exécutions lancées.",
    watch: "La regarder",
    watchAll: "Les regarder",
    title: "Essayer",
    text: "Envoie ce qu'un client pourrait dire, signé comme le ferait l'expéditeur. Seulement avec le bac à sable.",
  },
};
