import { days, drawn, end, kitOf, scoreAtMost, ofCustomers } from "./kit.js";
import { inEnglish as en, inFrench as fr } from "./said.js";
import type { Template } from "./template.js";

const texts = {
  en: {
    when: "Detractor (0–6)",
    tell: "Tell support",
    tellText: `*Call ${en.name} back* today (NPS ${en.score}). ${en.phone}\n>${en.comment}\n${en.run}`,
    callback: "Callback task",
    subject: `Call back ${en.name}: NPS ${en.score}`,
    description: `${en.comment}\n\n${en.run}`,
    rest: "Two days to reach them",
    ask: "Was the customer reached?",
    asked: `Was ${en.name} reached?`,
    askedText: `They gave NPS ${en.score} two days ago:\n${en.comment}\n\nApprove if somebody spoke with them, reject if not.`,
    note: "Note in the CRM",
    noteTitle: `Spoke with them after NPS ${en.score}`,
    escalate: "Tell the CX team",
    escalateText: `*Nobody has reached ${en.name}* in two days (NPS ${en.score}). ${en.run}`,
    recovered: "reached",
    unreached: "not reached",
  },
  fr: {
    when: "Détracteur (0 à 6)",
    tell: "Prévenir le support",
    tellText: `*Rappeler ${fr.name}* aujourd'hui (NPS ${fr.score}). ${fr.phone}\n>${fr.comment}\n${fr.run}`,
    callback: "Tâche de rappel",
    subject: `Rappeler ${fr.name} : NPS ${fr.score}`,
    description: `${fr.comment}\n\n${fr.run}`,
    rest: "Deux jours pour joindre",
    ask: "Le client a-t-il été joint ?",
    asked: `${fr.name} : a-t-on pu le joindre ?`,
    askedText: `NPS ${fr.score} il y a deux jours :\n${fr.comment}\n\nApprouvez si quelqu'un lui a parlé, refusez sinon.`,
    note: "Note dans le CRM",
    noteTitle: `Échange après un NPS de ${fr.score}`,
    escalate: "Prévenir l'équipe CX",
    escalateText: `*Personne n'a joint ${fr.name}* en deux jours (NPS ${fr.score}). ${fr.run}`,
    recovered: "joint",
    unreached: "pas joint",
  },
};

export const detractorRecovery: Template = {
  id: "detractor-recovery",
  systems: ["slack", "salesforce"],
  metrics: ["nps"],
  words: {
    en: {
      title: "Detractor recovery",
      summary: "Calls every detractor back within a day, and checks two days later that somebody really did.",
      rationale:
        "An unhappy customer who is called soon learns that answering was worth it, and you learn the reason while it is fresh. The second question is the point: a task that was made is not a call that was had.",
      measure: "The share of detractors who were reached within two days, and their next score.",
    },
    fr: {
      title: "Reconquête d'un détracteur",
      summary: "Fait rappeler chaque détracteur dans la journée et vérifie deux jours plus tard que c'est bien fait.",
      rationale:
        "Un client mécontent que l'on rappelle vite voit que sa réponse a servi, et vous apprenez la raison tant qu'elle est fraîche. L'essentiel est la seconde question : une tâche créée n'est pas un appel passé.",
      measure: "La part des détracteurs joints en deux jours, et leur note suivante.",
    },
  },
  draw: (house) => {
    const kit = kitOf(house);
    const t = texts[house.language];
    return drawn(
      [
        kit.when(t.when, {
          metrics: ["nps"],
          rows: [ofCustomers, scoreAtMost(6)],
          key: { by: "contact", then: "queue" },
        }),
        kit.post("tell", t.tell, { channel: "#support", text: t.tellText }),
        kit.task("callback", t.callback, {
          subject: t.subject,
          description: t.description,
          contactEmail: en.email,
          phone: en.phone,
          priority: "High",
          dueInHours: 24,
          ifNoContact: "account-less",
        }),
        kit.rest("rest", t.rest, days(2)),
        kit.ask("ask", t.ask, { channel: "#support", title: t.asked, text: t.askedText, expiresAfter: days(1) }),
        kit.note("note", t.note, { title: t.noteTitle, body: t.description, contactEmail: en.email }),
        kit.post("escalate", t.escalate, { channel: "#cx", text: t.escalateText }),
        end("recovered", t.recovered),
        end("unreached", t.unreached),
      ],
      `feedback > tell, feedback > callback, callback > rest, rest > ask, ask:approved > note, ask:rejected > escalate,
       ask:expired > escalate, note > recovered, note:failure > recovered, escalate > unreached`,
    );
  },
};
