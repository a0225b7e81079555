export const realStep = {
  realStep: {
    open: "Faire cette étape pour de vrai…",
    title: "Faire cette étape pour de vrai ?",
    sandbox: "C'est le bac à sable : rien n'est touché hors de cette machine.",
    lasting: "Cela ne s'annule pas : ce qui est créé reste jusqu'à ce que quelqu'un l'y supprime.",
    pinned: "La réponse est fixée comme résultat de cette étape : les suivantes la lisent.",
    unsaved:
      "Ce qui est à l'écran n'a pas pu être enregistré : rien n'a été fait. Regardez ce qui est écrit à côté du nom du flux, puis appuyez encore.",
    done: "Fait pour de vrai",
    toRun: "Ouvrir son exécution",
    asked: "C'est demandé. Son exécution dit où elle en est.",
    readsExample:
      "Elle lit ce que répondrait {{steps}}, et ce n'est qu'un exemple. Fixez la réponse de cette étape, ou faites-la d'abord pour de vrai.",
    named: "« {{name}} »",
    takenApproved: "Personne n'a été consulté à {{steps}} : ici, c'est tenu pour approuvé.",
    sent: "Seul le « pour de vrai » est envoyé",
    do: {
      message: "Publier le message dans {{system}}",
      issue: "Créer le ticket dans {{system}}",
      comment: "Ajouter le commentaire dans {{system}}",
      task: "Créer la tâche dans {{system}}",
      note: "Créer la note dans {{system}}",
      case: "Créer la requête dans {{system}}",
      contact: "Modifier le contact dans {{system}}",
      request: "Envoyer la requête",
      other: "Le faire dans {{system}}",
    },
  },
};
