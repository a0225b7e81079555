export const employees = {
  employees: {
    groupOf: "Un parmi au moins {{count}} employés",
    reviewOf: "Une parmi au moins {{count}} évaluations",
    withheld: "Ce que disent les employés est montré par groupes",
    withheldText:
      "Cela apparaît dès qu'au moins {{count}} d'entre eux ont répondu, tout à la fois et sans noms. Sinon, on saurait qui a dit quoi.",
    missing: {
      most: "{{source}} : la plupart manquent encore",
      few: "{{source}} : il en manque encore quelques-uns",
    },
    relation: {
      self: "par soi-même",
      manager: "par des responsables",
      peer: "par des pairs",
      report: "par des subordonnés",
      other: "par d'autres",
    },
    someone: "Un employé",
    notWithRun:
      "Ce que disent les employés est montré sous Avis, par groupes. À côté d'une exécution, on saurait qui c'était.",
    title: "Ce que disent les employés",
    least: "Montré à partir de ce nombre de personnes",
    leastText:
      "En dessous, les réponses restent cachées jusqu'à ce qu'il y en ait assez. Le nombre vaut pour les groupes à venir ; ce qui est déjà montré le reste.",
    saved: "Les réponses des employés sont désormais montrées à partir de {{count}} personnes",
  },
};
