import type { FlowKey } from "../flow-key.js";
import { startSentence } from "./starts.js";
import type { Words } from "./words.js";

const plural = (amount: number, one: string): string => `${amount} ${one}${amount < 2 ? "" : "s"}`;

const keys = { contact: "contact", account: "compte" } as const;
const meetings = {
  queue: "la plus récente attend",
  replace: "la plus récente prend la place de la plus ancienne",
  skip: "ce qui arrive entre-temps est laissé de côté",
} as const;
const keyed = (key: FlowKey | undefined): string =>
  key
    ? ` ; une exécution à la fois par ${typeof key.by === "string" ? keys[key.by] : `valeur de ${key.by.expression}`}, ${meetings[key.then]}`
    : "";

const metrics: Readonly<Record<string, string>> = {
  nps: "NPS",
  csat: "CSAT",
  ces: "CES",
  stars: "étoiles",
  text: "texte",
};

export const fr: Words = {
  locale: "fr",
  and: "et",
  or: "ou",
  nodeTitles: {
    trigger: "Quand un avis arrive",
    condition: "Si",
    switch: "Choisir une voie",
    split: "Répartir les contacts",
    join: "Rejoindre",
    set: "Fixer des valeurs",
    action: "Faire",
    wait: "Attendre",
    approval: "Demander un accord",
    end: "Fin",
    stop: "Tout arrêter",
  },
  startTitles: { schedule: "À heures fixes", call: "Quand on le lance" },
  unfinished: {
    trigger: "Choisissez les avis qui lancent ce flux",
    condition: "Dites ce qui doit être vrai",
    switch: "Dites quels sont les cas",
    split: "Dites quelle part va où",
    join: "Choisissez comment les voies se rejoignent",
    set: "Nommez une valeur et son contenu",
    action: "Choisissez ce qu'il faut faire",
    wait: "Dites combien de temps attendre",
    approval: "Dites qui décide de quoi",
    end: "Nommez le résultat",
    stop: "Nommez le résultat",
  },
  sentences: {
    trigger: ({ sources, metrics: asked, when, on, key, start }, say) => {
      if (start) return `${startSentence("fr", start, { say, days: fr.days })}${keyed(key)}`;
      const kinds = say.list(
        asked.map((metric) => metrics[metric] ?? metric),
        "or",
      );
      const from =
        sources.length > 0
          ? `de ${say.list(sources.map(say.source).map(fr.quote), "or")}`
          : "de n'importe quelle source";
      const condition = when ? ` et que ${say.condition(when)}` : "";
      const again = on === "everyChange" ? ", à chaque changement" : "";
      return `Quand un avis ${kinds ? `${kinds} ` : ""}arrive ${from}${condition}${again}${keyed(key)}`;
    },
    condition: ({ when }, say) => `Si ${say.condition(when)}`,
    switch: ({ cases }, say) =>
      `${cases.map(({ title, when }) => `« ${title} » si ${say.condition(when)}`).join(" ; ")} ; sinon continuer`,
    split: ({ shares }, say) =>
      `Envoyer ${say.list(
        shares.map(({ percent, title }) => `${percent} % des contacts vers « ${title} »`),
        "and",
      )}`,
    join: ({ mode }) =>
      mode === "first"
        ? "Continuer avec la première voie qui arrive"
        : "Continuer quand toutes les voies sont arrivées",
    set: ({ values }, say) =>
      `Fixer ${say.list(
        values.map(({ name, template }) => `${name} à ${say.template(template)}`),
        "and",
      )}`,
    action: (config, say) => say.action(config),
    wait: (config, say) =>
      config.mode === "duration"
        ? `Attendre ${say.duration(config.duration)}`
        : `Attendre ${say.list(
            config.days.map((day) => fr.days[day - 1] ?? ""),
            "or",
          )} à ${config.time} (${config.zone})`,
    approval: ({ title, channel, expiresAfter }, say) =>
      `Demander dans ${channel} : ${say.template(title)}, pendant ${say.duration(expiresAfter)} au plus`,
    end: ({ outcome }) => `Finir par « ${outcome} »`,
    stop: ({ outcome }) => `Tout arrêter par « ${outcome} »`,
  },
  outputs: {
    next: "ensuite",
    yes: "oui",
    no: "non",
    otherwise: "sinon",
    failure: "en cas d'échec",
    approved: "approuvé",
    rejected: "refusé",
    expired: "sans réponse",
  },
  fields: {
    "feedback.id": "l'identifiant de l'avis",
    "feedback.score": "la note",
    "feedback.metric": "la mesure",
    "feedback.category": "la catégorie",
    "feedback.comment": "le commentaire",
    "feedback.language": "la langue",
    "feedback.source": "la source",
    "feedback.sourceId": "l'identifiant de la source",
    "feedback.domain": "le domaine",
    "feedback.product": "le produit",
    "feedback.relation": "le lien de l'évaluateur",
    "feedback.occurredAt": "la date de l'avis",
    "contact.name": "le nom du contact",
    "contact.email": "l'e-mail du contact",
    "contact.phone": "le téléphone du contact",
    "contact.externalId": "l'identifiant du contact",
    "account.name": "le nom du compte",
    "account.externalId": "l'identifiant du compte",
    "account.tier": "le niveau du compte",
    "account.region": "la région du compte",
    "account.annualRevenue": "le chiffre d'affaires annuel du compte",
    "start.at": "l'heure du départ",
    "start.by": "qui l'a lancé",
    "run.id": "l'identifiant de l'exécution",
    "run.url": "le lien vers l'exécution",
    now: "l'heure actuelle",
  },
  operators: {
    equals: (field, value) => `${field} est ${value}`,
    notEquals: (field, value) => `${field} n'est pas ${value}`,
    lessThan: (field, value) => `${field} est en dessous de ${value}`,
    atMost: (field, value) => `${field} est au plus ${value}`,
    atLeast: (field, value) => `${field} est au moins ${value}`,
    greaterThan: (field, value) => `${field} dépasse ${value}`,
    contains: (field, value) => `${field} contient ${value}`,
    notContains: (field, value) => `${field} ne contient pas ${value}`,
    startsWith: (field, value) => `${field} commence par ${value}`,
    matches: (field, value) => `${field} suit le motif ${value}`,
    oneOf: (field, value) => `${field} est ${value}`,
    isEmpty: (field) => `${field} est vide`,
    isNotEmpty: (field) => `${field} est rempli`,
  },
  typedOperators: {
    timestamp: {
      lessThan: (field, value) => `${field} est avant ${value}`,
      atMost: (field, value) => `${field} n'est pas après ${value}`,
      atLeast: (field, value) => `${field} n'est pas avant ${value}`,
      greaterThan: (field, value) => `${field} est après ${value}`,
    },
  },
  values: { detractor: "détracteur (0–6)", passive: "passif (7–8)", promoter: "promoteur (9–10)" },
  yes: "oui",
  no: "non",
  duration: ({ amount, unit }) => plural(amount, { minutes: "minute", hours: "heure", days: "jour" }[unit]),
  days: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
  quote: (text) => `« ${text} »`,
  expression: (cel) => `ceci est vrai : ${cel}`,
  missing: "…",
};
