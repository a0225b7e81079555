export const refusals = {
  refusedTitle: {
    forbidden: "Vous ne pouvez pas faire cela",
    missing: "Il n'y a rien ici",
    conflict: "Ce n'est plus possible",
    refused: "Cela n'a pas été accepté",
    away: "Ce n'est pas possible pour l'instant",
  },
  refusal: {
    already_cancelled: "Cette exécution est déjà en cours d'annulation.",
    already_replayed: "Cet événement a déjà été relu.",
    bad_json: "Ce qui a été envoyé n'est pas du JSON valable. ({{detail}})",
    bad_request: "La requête est illisible. Vérifiez son adresse.",
    bad_signature: "La signature n'a pas été acceptée.",
    body_incomplete: "La liaison s'est coupée avant que tout soit arrivé. Renvoyez-le.",
    body_too_large: "C'est trop grand pour être pris.",
    busy: "Trop d'événements attendent d'être enregistrés. Réessayez dans un instant.",
    connection_changed:
      "Quelqu'un a modifié cette connexion entre-temps. Rechargez-la, puis faites votre modification.",
    connection_in_use: "Cette connexion sert encore. ({{detail}})",
    connection_refused: "L'autre système n'a pas accepté : {{detail}}",
    database_unavailable:
      "La base de données ne répond pas pour l'instant. Rien n'a été enregistré ; réessayez dans quelques secondes.",
    delivery_id_too_long:
      "L'identifiant de l'envoi est trop long. Rien n'a été gardé ; renvoyez-le avec un plus court.",
    draft_conflict:
      "Quelqu'un a enregistré ce flux entre-temps. Chargez son brouillon, ou enregistrez le vôtre en copie.",
    editor_missing: "Les pages ne sont pas encore construites. Relancez Loopwright.",
    erased: "La personne concernée a été effacée ; il n'en reste rien.",
    flow_not_publishable: "Quelque chose empêche ce flux de tourner. Chaque problème est marqué sur son étape.",
    forbidden: "Vous n'avez pas ce droit. Un administrateur peut vous donner un rôle qui l'a.",
    internal_error:
      "Quelque chose a échoué de notre côté. Réessayez ; si cela dure, dites à qui s'occupe de Loopwright quand c'est arrivé.",
    invalid_json: "Ce qui a été envoyé n'est pas du JSON valable. ({{detail}})",
    invalid_request: "Quelque chose qui a été saisi ne convient pas. ({{detail}})",
    method_not_allowed: "Cela ne peut pas se faire à cette adresse.",
    no_worker:
      "Aucun worker n'a répondu. Eux seuls peuvent interroger l'autre système ; réessayez quand l'un d'eux tourne.",
    not_found: "Cela n'existe pas, ou plus.",
    not_published: "Publiez d'abord ce flux.",
    run_finished: "Cette exécution est terminée ; plus rien n'y peut être changé.",
    secrets_needed: "Les champs secrets doivent être saisis de nouveau.",
    source_exists: "Une source de ce nom existe déjà. Choisissez un autre nom.",
    source_paused: "Cette source est en pause. Rien n'a été gardé.",
    step_in_doubt:
      "Cette étape a peut-être abouti. Cherchez encore, dites que c'est arrivé, passez-la, ou annulez l'exécution.",
    step_not_in_doubt: "Cette étape n'est plus en doute. Regardez de nouveau l'exécution.",
    step_not_stuck: "Cette étape n'est plus bloquée. Regardez de nouveau l'exécution.",
    too_many_sign_ins: "Il y a eu trop d'essais de connexion. Attendez une minute.",
    unauthorized: "Vous n'êtes pas connecté. Ouvrez un nouveau lien de connexion.",
    unknown_connector: "Ce produit ne peut pas être connecté ici.",
    unknown_output: "L'étape ne peut pas continuer par cette voie. Choisissez-en une autre.",
    unknown_source_kind: "Ce genre de source n'existe pas.",
    unsupported_encoding: "Ce qui a été envoyé est compressé d'une façon illisible.",
    unsupported_media_type: "Ce qui a été envoyé n'est pas du JSON.",
  },
} as const;
