import { commented, drawn, end, kitOf, ofCustomers, scoreAtLeast, whether } from "./kit.js";
import { inEnglish as en, inFrench as fr } from "./said.js";
import type { Template } from "./template.js";

const texts = {
  en: {
    when: "Promoter (9–10)",
    words: "Did they say why?",
    tell: "Pass it on",
    tellText: `*A customer is happy* (${en.score} of 10):\n>${en.comment}`,
    note: "Note in the CRM",
    noteTitle: `Happy: NPS ${en.score}`,
    passed: "passed on",
    nothing: "no words",
  },
  fr: {
    when: "Promoteur (9 ou 10)",
    words: "La raison est-elle dite ?",
    tell: "Transmettre",
    tellText: `*Un client est content* (${fr.score} sur 10) :\n>${fr.comment}`,
    note: "Note dans le CRM",
    noteTitle: `Content : NPS ${fr.score}`,
    passed: "transmis",
    nothing: "sans mots",
  },
};

export const praise: Template = {
  id: "praise",
  systems: ["slack", "salesforce"],
  metrics: ["nps"],
  words: {
    en: {
      title: "Praise that reaches the team",
      summary: "Passes a promoter's own words on to those who earned them, and notes in the CRM what went well.",
      rationale:
        "A team that hears complaints alone learns what to avoid, not what to keep. The customer's own words are the cheapest thanks there is, and tell the account manager what to speak of first.",
      measure: "What promoters name most often, and whether the team asks for more of it.",
    },
    fr: {
      title: "Les compliments jusqu'à l'équipe",
      summary: "Transmet les mots d'un promoteur à ceux qui les ont mérités, et note dans le CRM ce qui a plu.",
      rationale:
        "Une équipe qui n'entend que des plaintes apprend ce qu'il faut éviter, pas ce qu'il faut garder. Les mots du client sont le merci le moins cher, et disent au responsable de compte par quoi commencer.",
      measure: "Ce que les promoteurs citent le plus, et si l'équipe en redemande.",
    },
  },
  draw: (house) => {
    const kit = kitOf(house);
    const t = texts[house.language];
    return drawn(
      [
        kit.when(t.when, { metrics: ["nps"], rows: [ofCustomers, scoreAtLeast(9)] }),
        whether("words", t.words, commented),
        kit.post("tell", t.tell, { channel: "#support", text: t.tellText }),
        kit.note("note", t.note, { title: t.noteTitle, body: en.comment, contactEmail: en.email }),
        end("nothing", t.nothing),
        end("passed", t.passed),
      ],
      `feedback > words, words:yes > tell, words:yes > note, words:no > nothing, tell > passed, note > passed,
       note:failure > passed`,
    );
  },
};
