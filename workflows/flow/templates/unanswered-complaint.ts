import { days, drawn, end, hours, kitOf, ofCustomers, unhappy } from "./kit.js";
import { inEnglish as en, inFrench as fr } from "./said.js";
import type { Template } from "./template.js";

const texts = {
  en: {
    when: "A complaint",
    open: "Case",
    subject: `Complaint of ${en.name} (score ${en.score})`,
    description: `${en.comment}\n\n${en.run}`,
    tell: "Tell support",
    tellText: `*${en.name} complains* (score ${en.score}).\n>${en.comment}\nCase: {{ steps.open.url }}`,
    rest: "A day to answer",
    ask: "Was it answered?",
    asked: `Was ${en.name} answered?`,
    askedText: `They complained a day ago:\n${en.comment}\n\nCase: {{ steps.open.url }}`,
    escalate: "Tell the CX team",
    escalateText: `*${en.name} has waited for an answer since yesterday* (score ${en.score}). {{ steps.open.url }}`,
    today: "Answer today",
    todaySubject: `Answer ${en.name} today`,
    answered: "answered",
    late: "answered late",
  },
  fr: {
    when: "Une réclamation",
    open: "Requête",
    subject: `Réclamation de ${fr.name} (note ${fr.score})`,
    description: `${fr.comment}\n\n${fr.run}`,
    tell: "Prévenir le support",
    tellText: `*${fr.name} se plaint* (note ${fr.score}).\n>${fr.comment}\nRequête : {{ steps.open.url }}`,
    rest: "Un jour pour répondre",
    ask: "A-t-on répondu ?",
    asked: `${fr.name} a-t-il eu une réponse ?`,
    askedText: `Réclamation d'il y a un jour :\n${fr.comment}\n\nRequête : {{ steps.open.url }}`,
    escalate: "Prévenir l'équipe CX",
    escalateText: `*${fr.name} attend une réponse depuis hier* (note ${fr.score}). {{ steps.open.url }}`,
    today: "Répondre aujourd'hui",
    todaySubject: `Répondre à ${fr.name} aujourd'hui`,
    answered: "répondu",
    late: "répondu en retard",
  },
};

export const unansweredComplaint: Template = {
  id: "unanswered-complaint",
  systems: ["slack", "salesforce"],
  metrics: ["nps", "csat"],
  words: {
    en: {
      title: "No answer after a complaint",
      summary:
        "Opens a case for a complaint, asks after a day whether it was answered, and escalates where nobody says yes.",
      rationale:
        "A complaint that nobody answers hurts more than what caused it, and it is nobody's fault: everybody thought that a colleague would. Silence is therefore what triggers here. No yes within four hours counts as a no.",
      measure: "The share answered within a day, and how many needed the escalation.",
    },
    fr: {
      title: "Réclamation sans réponse",
      summary:
        "Ouvre une requête pour une réclamation, demande après un jour si l'on a répondu, et alerte si personne ne dit oui.",
      rationale:
        "Une réclamation sans réponse blesse plus que sa cause, et ce n'est la faute de personne : chacun pensait qu'un collègue s'en chargeait. Ici, c'est donc le silence qui déclenche. Sans oui au bout de quatre heures, c'est non.",
      measure: "La part des réclamations répondues en un jour, et combien ont demandé une alerte.",
    },
  },
  draw: (house) => {
    const kit = kitOf(house);
    const t = texts[house.language];
    return drawn(
      [
        kit.when(t.when, { metrics: ["nps", "csat"], rows: [ofCustomers, unhappy] }),
        kit.openCase("open", t.open, {
          subject: t.subject,
          description: t.description,
          contactEmail: en.email,
          priority: "Medium",
          ifNoContact: "account-less",
        }),
        kit.post("tell", t.tell, { channel: "#support", text: t.tellText }),
        kit.rest("rest", t.rest, days(1)),
        kit.ask("ask", t.ask, { channel: "#support", title: t.asked, text: t.askedText, expiresAfter: hours(4) }),
        end("answered", t.answered),
        kit.post("escalate", t.escalate, { channel: "#cx", text: t.escalateText }),
        kit.task("today", t.today, {
          subject: t.todaySubject,
          description: t.description,
          contactEmail: en.email,
          phone: en.phone,
          priority: "High",
          dueInHours: 4,
          ifNoContact: "account-less",
        }),
        end("late", t.late),
      ],
      `feedback > open, open > tell, open > rest, rest > ask, ask:approved > answered, ask:rejected > escalate,
       ask:expired > escalate, ask:rejected > today, ask:expired > today, escalate > late, today > late`,
    );
  },
};
