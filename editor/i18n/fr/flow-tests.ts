export const flowTests = {
  flowTest: {
    save: "Garder comme test",
    name: "Nom du test",
    saveText:
      "Ce que fait cet essai est attendu à chaque publication du flux. De ce que quelqu'un a dit, ni la personne ni ses mots ne sont gardés : d'autres les remplacent.",
    saved: "Le test « {{name}} » est gardé.",
    failed_one: "{{count}} test de ce flux échoue",
    failed_other: "{{count}} tests de ce flux échouent",
    reason: "Pourquoi le publier quand même",
    reasonText: "La raison reste avec la version.",
    override: "Publier quand même",
    difference: {
      starts: "Le flux démarre, et ne démarrait pas avant.",
      startsNot: "Le flux ne démarre plus.",
      outcome: "La fin était « {{was}} », elle est « {{is}} ».",
      reached: "L'étape {{step}} est atteinte, et ne l'était pas avant.",
      notReached: "L'étape {{step}} n'est plus atteinte.",
      way: "L'étape {{step}} sortait par « {{was}} », elle sort par « {{is}} ».",
      sent: "L'étape {{step}} envoie quelque chose, et n'envoyait rien avant.",
      notSent: "L'étape {{step}} n'envoie plus rien.",
      request: "Étape {{step}} : {{field}} était « {{was}} », est « {{is}} ».",
    },
  },
};
