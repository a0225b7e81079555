/**
 * French for what connectors say in English around their forms and accounts: help below fields, notes about a connection. A number
 * stands as `#`. What is missing here is shown as it came.
 */
export const connectorWords: Readonly<Record<string, string>> = {
  "Slack approval card": "Carte d'accord Slack",
  "Ask in {channel}: {title}": "Demander dans {channel} : {title}",
  "Slack approval decision": "Décision d'accord Slack",
  "Show the decision on {title}": "Montrer la décision sur {title}",
  "Mark Jira duplicate": "Marquer un doublon Jira",
  "Mark {issue} as a duplicate of {duplicates}": "Marquer {issue} comme doublon de {duplicates}",
  "The issue it repeats": "Le ticket qu'il répète",
  "Issue id": "Identifiant du ticket",
  "Comment id": "Identifiant du commentaire",
  "Contact id": "Identifiant du contact",
  "Doubled issues": "Tickets en double",
  "Doubled records": "Enregistrements en double",
  "Attach to": "Rattacher à",
  Answer: "Réponse",
  "Up to # characters; *bold*, _italic_ and lists as in Slack":
    "# caractères au plus ; *gras*, _italique_ et listes comme dans Slack",
  "Headings, lists, quotes, **bold**, *italic*, `code` and [links](https://…) are kept":
    "Les titres, listes, citations, **gras**, *italique*, `code` et [liens](https://…) sont gardés",
  'Values by field id, as Jira expects them, for fields that the project requires: {"customfield_#": "EU"}':
    'Valeurs par identifiant de champ, telles que Jira les attend, pour les champs que le projet exige : {"customfield_#": "EU"}',
  "A key such as SUP-#, or a link to the issue": "Une clé comme SUP-#, ou un lien vers le ticket",
  "Written above the description": "Écrit au-dessus de la description",
  "A date or a moment, for example #-#-#": "Une date ou un moment, par exemple #-#-#",
  "“account-less” creates it without a contact or an account": "« account-less » le crée sans contact ni compte",
  "High, Medium or Low, unless your organisation has others": "High, Medium ou Low, sauf réglage de votre organisation",
  "Email, Phone or Web, unless your organisation has others": "Email, Phone ou Web, sauf réglage de votre organisation",
  "New values by field name; an empty one clears the field":
    "Nouvelles valeurs par nom de champ ; une valeur vide efface le champ",
  "Complete, or relative to the connection's base address": "Complète, ou relative à l'adresse de base de la connexion",
  "When given, a token of another workspace is refused": "S'il est donné, le jeton d'un autre espace est refusé",
  "The address that people open, for example https://acme.atlassian.net":
    "L'adresse que les gens ouvrent, par exemple https://acme.atlassian.net",
  "Of the Atlassian account that owns the API token": "Du compte Atlassian à qui appartient le jeton d'API",
  "Only for tokens with scopes: https://api.atlassian.com/ex/jira/<cloud id>":
    "Seulement pour les jetons à portées : https://api.atlassian.com/ex/jira/<cloud id>",
  "The secret entered with the webhook in Jira; without it Jira's news are not accepted":
    "Le secret saisi avec le webhook dans Jira ; sans lui, les nouvelles de Jira sont refusées",
  "For example https://acme.my.salesforce.com; the JWT grant also takes https://login.salesforce.com":
    "Par exemple https://acme.my.salesforce.com ; avec JWT, aussi https://login.salesforce.com",
  "Instance address": "Adresse de l'instance",
  "Only when it differs from the address above": "Seulement si elle diffère de l'adresse ci-dessus",
  "API version": "Version de l'API",
  "Of the external client app": "De l'application cliente externe",
  "JWT only: the user to act as": "JWT seulement : l'utilisateur au nom duquel agir",
  "Client credentials only": "Identifiants client seulement",
  "JWT only: the PEM whose certificate the client app holds":
    "JWT seulement : le PEM dont l'application cliente a le certificat",
  "This is needed.": "À remplir.",
  "This may be at most #.": "Au plus #.",
  "This may be at most # characters.": "Au plus # caractères.",
  "This may be at most # entries.": "Au plus # entrées.",
  "This must be at least #.": "Au moins #.",
  "This must be at least # characters.": "Au moins # caractères.",
  "This must be at least # entries.": "Au moins # entrées.",
  "Use at most # rows.": "Au plus # lignes.",
  "Nest groups at most # deep.": "Au plus # niveaux de groupes.",
  "Keep it under # characters.": "Moins de # caractères.",
  "A flow may have # steps.": "Un flux peut avoir # étapes.",
  "Approval id": "Identifiant de l'accord",
  "Button to approve": "Bouton pour accepter",
  "Button to reject": "Bouton pour refuser",
  "Decided at": "Décidé le",
  "Base address": "Adresse de base",
  "The secret header is only ever sent to this host": "L'en-tête secret n'est jamais envoyé qu'à cet hôte",
  "Secret header": "En-tête secret",
  "Its value": "Sa valeur",
  "For example: Bearer …": "Par exemple : Bearer …",
  "Slack did not say what this token may do.": "Slack n'a pas dit ce que ce jeton permet.",
  "Neither a signing secret nor an app-level token is entered: buttons in Slack will not answer.":
    "Ni secret de signature ni jeton d'application : les boutons dans Slack ne répondront pas.",
  "This account sees no project, so it cannot create issues. Give it access to one in Jira.":
    "Ce compte ne voit aucun projet, donc il ne peut pas créer de tickets. Donnez-lui accès à un projet dans Jira.",
  "# project is visible.": "# projet est visible.",
  "# projects are visible.": "# projets sont visibles.",
  "Jira's webhooks are verified with your secret.": "Les webhooks de Jira sont vérifiés avec votre secret.",
  "No webhook secret: changes made in Jira are not heard, and doubts about created issues take longer to settle.":
    "Pas de secret de webhook : ce qui change dans Jira n'est pas entendu, et un doute sur un ticket créé dure plus longtemps.",
  "Jira does not tell when an API token expires; it is one year at most. Note the date where you made it.":
    "Jira ne dit pas quand un jeton d'API expire ; c'est un an au plus. Notez la date là où vous l'avez créé.",
  "After a lost answer the issue is searched by its label for three minutes; if it stays unseen, the step waits for a person.":
    "Après une réponse perdue, le ticket est cherché par son étiquette pendant trois minutes ; s'il reste introuvable, l'étape attend une personne.",
  "Tasks, cases and notes are created exactly once: the Loopwright_Effect__c object is installed.":
    "Tâches, requêtes et notes sont créées exactement une fois : l'objet Loopwright_Effect__c est installé.",
  "Creates are parked when in doubt: a lost answer waits for a person. Deploy Loopwright's Salesforce metadata to have each created exactly once.":
    "En cas de doute, une création attend une personne. Déployez les métadonnées Salesforce de Loopwright pour que chacune soit faite exactement une fois.",
  "# of # API calls are left today.": "Il reste # appels d'API sur # aujourd'hui.",
  "Whether a request arrived can never be looked up: a doubt is sent again or waits, as each step says.":
    "On ne peut jamais chercher si une requête est arrivée : un doute est renvoyé ou attend, comme le dit chaque étape.",
  "The base address answered with HTTP #.": "L'adresse de base a répondu HTTP #.",
};
