import { drawn, end, kitOf, ofCustomers, ofKeyAccount, whether } from "./kit.js";
import { inEnglish as en, inFrench as fr } from "./said.js";
import type { Template } from "./template.js";

/** In both languages, because customers write in theirs. */
const WISHES =
  "(?i)(would be (nice|great)|i wish|we wish|missing|could you add|please add|feature|serait bien|manque|souhait|ajouter|fonctionnalit)";

const texts = {
  en: {
    when: "Any comment",
    wish: "Do they ask for something?",
    request: "Feature request",
    summary: `${en.product}: ${en.headline}`,
    description: `${en.comment}\n\nProduct: ${en.product}\nAccount: {{ account.name | default: "not said" }}\n${en.run}`,
    note: "Note in the CRM",
    noteTitle: "Asked for {{ steps.request.key }}",
    key: "A key account?",
    tell: "Tell R&D",
    tellText: `*${en.account} asks for something*: {{ steps.request.url }}\n>${en.comment}`,
    rolled: "on the list",
    nothing: "no request",
  },
  fr: {
    when: "Tout commentaire",
    wish: "Demande-t-il quelque chose ?",
    request: "Demande d'évolution",
    summary: `${fr.product} : ${fr.headline}`,
    description: `${fr.comment}\n\nProduit : ${fr.product}\nCompte : {{ account.name | default: "non précisé" }}\n${fr.run}`,
    note: "Note dans le CRM",
    noteTitle: "A demandé {{ steps.request.key }}",
    key: "Un compte clé ?",
    tell: "Prévenir la R&D",
    tellText: `*${fr.account} demande une évolution* : {{ steps.request.url }}\n>${fr.comment}`,
    rolled: "sur la liste",
    nothing: "pas de demande",
  },
};

export const featureRequests: Template = {
  id: "feature-requests",
  systems: ["jira", "salesforce", "slack"],
  metrics: [],
  words: {
    en: {
      title: "Feature request roll-up",
      summary:
        "Collects what customers ask for in Jira under one label for each product, and tells R&D when a key account asks.",
      rationale:
        "Wishes that stand in surveys are read once and forgotten. Under one label they can be counted by product and by whose they are, and sales can tell the customer where their wish stands.",
      measure: "How often the same wish returns by label, and how many of them were told about a release.",
    },
    fr: {
      title: "Collecte des demandes d'évolution",
      summary:
        "Réunit dans Jira ce que demandent les clients, un libellé par produit, et prévient la R&D quand c'est un compte clé.",
      rationale:
        "Un souhait qui reste dans une enquête est lu une fois, puis oublié. Sous un même libellé, on les compte par produit et par client, et les ventes peuvent dire au client où en est le sien.",
      measure: "La fréquence d'un même souhait par libellé, et combien de clients ont appris sa sortie.",
    },
  },
  draw: (house) => {
    const kit = kitOf(house);
    const t = texts[house.language];
    return drawn(
      [
        kit.when(t.when, { rows: [ofCustomers] }),
        whether("wish", t.wish, { field: "feedback.comment", operator: "matches", value: WISHES }),
        kit.issue("request", t.request, {
          project: "RND",
          issueType: "Task",
          summary: t.summary,
          description: t.description,
          labels: ["feature-request", '{{ feedback.product | default: "no product" | downcase }}'],
        }),
        whether("key", t.key, ofKeyAccount),
        kit.note("note", t.note, { title: t.noteTitle, body: en.comment, contactEmail: en.email }),
        kit.post("tell", t.tell, { channel: "#rnd", text: t.tellText }),
        end("rolled", t.rolled),
        end("nothing", t.nothing),
      ],
      `feedback > wish, wish:yes > request, wish:no > nothing, request > key, request > note, key:yes > tell,
       key:no > rolled, tell > rolled, note > rolled, note:failure > rolled`,
    );
  },
};
