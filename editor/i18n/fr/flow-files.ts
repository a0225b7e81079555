export const flowFiles = {
  flowFile: {
    export: "Exporter en fichier",
    import: "Importer un flux",
    importText:
      "Un flux exporté ici ou ailleurs devient un nouveau brouillon. Ce qui s'exécute, et tous les autres flux, restent tels quels.",
    choose: "Choisir un fichier",
    text: "Ou coller son texte",
    take: "Importer",
    refused: "Ce fichier n'a pas été importé",
    at: "Ligne {{line}}, colonne {{column}} :",
    imported: "« {{name}} » est ici comme brouillon.",
    missing_one: "Une chose qu'il nomme est à choisir ici",
    missing_other: "{{count}} choses qu'il nomme sont à choisir ici",
    connection: {
      unknown: "Aucune connexion ne s'appelle « {{name}} » ici.",
      several: "Plusieurs connexions s'appellent « {{name}} » ici.",
    },
    source: {
      unknown: "Aucune source ne s'appelle « {{name}} » ici.",
      several: "Plusieurs sources s'appellent « {{name}} » ici.",
    },
    open: "Ouvrir le brouillon",
  },
  fileProblem: {
    not_yaml: "Ce n'est pas du YAML : {{reason}}.",
    cut_off: "Le fichier est coupé : sa dernière ligne n'est pas « ... ». S'il ne manque rien, ajoutez cette ligne.",
    alias: "Un fichier de flux n'a pas d'alias (« *nom »). Écrivez ce qu'il remplace.",
    not_kept:
      "Ce fichier contient ce qu'un flux ne peut pas contenir : {{reason}} Enlevez-le, puis réimportez le fichier.",
    no_schema: "Ce n'est pas un fichier de flux : il ne commence pas par « schema: 1 ».",
    newer_schema:
      "Ce fichier a le schéma {{schema}}, et ce Loopwright lit le schéma {{known}}. Mettez Loopwright à jour, puis importez-le.",
    too_many_steps: "Ce flux a {{count}} étapes, et un flux en a au plus {{max}}. Faites-en deux flux.",
    too_many_ways:
      "Les étapes de ce flux mènent plus loin par {{count}} voies, et celles d'un flux par {{max}} au plus. Faites-en deux flux.",
    unknown_word: "« {{key}} » ne veut rien dire ici. Est-ce une faute de frappe ?",
    wrong_shape: "« {{where}} » n'est pas comme il faut : {{reason}}.",
    unknown_step: "« {{from}} » mène à « {{to}} », qui n'est pas dans ce fichier.",
    cycle: "Ces étapes reviennent à leur début : {{way}}. Une exécution ne fait qu'avancer.",
  },
};
