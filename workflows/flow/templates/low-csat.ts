import { commented, drawn, end, kitOf, meet, ofCustomers, scoreAtMost, whether } from "./kit.js";
import { inEnglish as en, inFrench as fr } from "./said.js";
import type { Template } from "./template.js";

const texts = {
  en: {
    when: "Support rated 1 or 2",
    reopen: "Case for a second look",
    subject: `Look again: support rated ${en.score} by ${en.name}`,
    description: `${en.comment}\n\nTopic: ${en.product}\n${en.run}`,
    words: "Did they say why?",
    lesson: "Lesson for the team",
    summary: `Support rated ${en.score}: ${en.headline}`,
    both: "Case and lesson",
    tell: "Tell support",
    tellText: `*Support was rated ${en.score} by ${en.name}.*\n>${en.comment}\nCase: {{ steps.reopen.url }} {{ steps.lesson.url | default: "" }}`,
    done: "second look asked for",
  },
  fr: {
    when: "Support noté 1 ou 2",
    reopen: "Requête à revoir",
    subject: `À revoir : support noté ${fr.score} par ${fr.name}`,
    description: `${fr.comment}\n\nSujet : ${fr.product}\n${fr.run}`,
    words: "La raison est-elle dite ?",
    lesson: "Leçon pour l'équipe",
    summary: `Support noté ${fr.score} : ${fr.headline}`,
    both: "Requête et leçon",
    tell: "Prévenir le support",
    tellText: `*Support noté ${fr.score} par ${fr.name}.*\n>${fr.comment}\nRequête : {{ steps.reopen.url }} {{ steps.lesson.url | default: "" }}`,
    done: "second regard demandé",
  },
};

export const lowCsat: Template = {
  id: "low-csat",
  systems: ["slack", "jira", "salesforce"],
  metrics: ["csat"],
  words: {
    en: {
      title: "Low CSAT on a support ticket",
      summary: "Opens a case for a second look when support is rated 1 or 2, and keeps the reason as a lesson.",
      rationale:
        "A solved ticket with a low rating was not solved for the customer. A colleague who looks at it again sees what the first one could not, and a reason that is written down is coached on once instead of heard ten times.",
      measure: "Reopened cases that end with a better rating, and which lessons come back.",
    },
    fr: {
      title: "CSAT faible après un ticket",
      summary: "Ouvre une requête à revoir quand le support est noté 1 ou 2, et garde la raison comme leçon.",
      rationale:
        "Un ticket résolu mais mal noté ne l'est pas pour le client. Un collègue qui le reprend voit ce que le premier n'a pas pu voir, et une raison écrite s'enseigne une fois au lieu de s'entendre dix fois.",
      measure: "Les requêtes revues qui finissent mieux notées, et les leçons qui reviennent.",
    },
  },
  draw: (house) => {
    const kit = kitOf(house);
    const t = texts[house.language];
    return drawn(
      [
        kit.when(t.when, { metrics: ["csat"], rows: [ofCustomers, scoreAtMost(2)] }),
        kit.openCase("reopen", t.reopen, {
          subject: t.subject,
          description: t.description,
          contactEmail: en.email,
          priority: "High",
          ifNoContact: "account-less",
        }),
        whether("words", t.words, commented),
        kit.issue("lesson", t.lesson, {
          project: "SUP",
          issueType: "Task",
          summary: t.summary,
          description: t.description,
          labels: ["support-lesson"],
        }),
        meet("both", t.both, "all"),
        kit.post("tell", t.tell, { channel: "#support", text: t.tellText }),
        end("done", t.done),
      ],
      `feedback > reopen, feedback > words, words:yes > lesson, words:no > both, reopen > both, lesson > both, both > tell,
       tell > done`,
    );
  },
};
