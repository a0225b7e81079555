import { drawn, end, hours, kitOf, ofCustomers, ofKeyAccount, unhappy } from "./kit.js";
import { inEnglish as en, inFrench as fr } from "./said.js";
import type { Template } from "./template.js";

const texts = {
  en: {
    when: "Key account complains",
    open: "Case",
    subject: `Complaint of ${en.account} (score ${en.score})`,
    description: `${en.name} said:\n${en.comment}\n\n${en.run}`,
    ask: "Ask the manager",
    asked: `A goodwill gesture for ${en.account}?`,
    askedText: `${en.name} gave ${en.score}:\n${en.comment}\n\nCase: {{ steps.open.url }}`,
    lead: "Ask the support lead",
    leadAsked: `Nobody answered: a gesture for ${en.account}?`,
    gesture: "Gesture and call",
    gestureSubject: `Call ${en.account} with a goodwill gesture`,
    gestureText: `Approved by {{ steps.ask.decidedBy | default: "the support lead" }}.\n${en.comment}\n\n${en.run}`,
    apology: "Personal apology",
    apologySubject: `Call ${en.account} and apologise`,
    tell: "Tell the CX team",
    tellText: `*${en.account} gets a goodwill gesture.* ${en.run}`,
    given: "gesture made",
    sorry: "apology only",
  },
  fr: {
    when: "Un compte clé se plaint",
    open: "Requête",
    subject: `Réclamation de ${fr.account} (note ${fr.score})`,
    description: `${fr.name} a dit :\n${fr.comment}\n\n${fr.run}`,
    ask: "Demander au responsable",
    asked: `Un geste commercial pour ${fr.account} ?`,
    askedText: `${fr.name} a donné ${fr.score} :\n${fr.comment}\n\nRequête : {{ steps.open.url }}`,
    lead: "Demander au chef du support",
    leadAsked: `Personne n'a répondu : un geste pour ${fr.account} ?`,
    gesture: "Geste et appel",
    gestureSubject: `Appeler ${fr.account} avec un geste commercial`,
    gestureText: `Approuvé par {{ steps.ask.decidedBy | default: "le chef du support" }}.\n${fr.comment}\n\n${fr.run}`,
    apology: "Excuses personnelles",
    apologySubject: `Appeler ${fr.account} et présenter des excuses`,
    tell: "Prévenir l'équipe CX",
    tellText: `*${fr.account} reçoit un geste commercial.* ${fr.run}`,
    given: "geste fait",
    sorry: "excuses seules",
  },
};

export const vipComplaint: Template = {
  id: "vip-complaint",
  systems: ["slack", "salesforce"],
  metrics: ["nps", "csat"],
  words: {
    en: {
      title: "VIP complaint with approval",
      summary:
        "Opens a case for a key account's complaint and asks a manager for a goodwill gesture, then the lead if nobody answers.",
      rationale:
        "A gesture repairs most when it comes at once, and costs money, so somebody answers for it. A question that lapses after four hours goes up one step: an approval that waits for one person's holiday is a refusal.",
      measure: "Time from complaint to call, gestures made, and whether those accounts complain again.",
    },
    fr: {
      title: "Réclamation VIP avec approbation",
      summary:
        "Ouvre une requête pour la réclamation d'un compte clé et demande un geste au responsable, puis au chef si personne ne répond.",
      rationale:
        "Un geste répare le mieux quand il vient tout de suite, et il coûte : quelqu'un en répond. Une question restée quatre heures sans réponse monte d'un échelon, car une approbation qui attend des vacances est un refus.",
      measure: "Le temps entre réclamation et appel, les gestes faits, et si ces comptes se plaignent encore.",
    },
  },
  draw: (house) => {
    const kit = kitOf(house);
    const t = texts[house.language];
    const call = (id: string, title: string, subject: string, description: string) =>
      kit.task(id, title, {
        ...{ subject, description, contactEmail: en.email, phone: en.phone },
        ...{ priority: "High", dueInHours: 4, ifNoContact: "account-less" },
      });
    const lapses = hours(4);
    return drawn(
      [
        kit.when(t.when, { metrics: ["nps", "csat"], rows: [ofCustomers, ofKeyAccount, unhappy] }),
        kit.openCase("open", t.open, {
          subject: t.subject,
          description: t.description,
          contactEmail: en.email,
          priority: "High",
          ifNoContact: "account-less",
        }),
        kit.ask("ask", t.ask, { channel: "#cx", title: t.asked, text: t.askedText, expiresAfter: lapses }),
        call("gesture", t.gesture, t.gestureSubject, t.gestureText),
        kit.ask("lead", t.lead, { channel: "#support", title: t.leadAsked, text: t.askedText, expiresAfter: lapses }),
        call("apology", t.apology, t.apologySubject, t.description),
        kit.post("tell", t.tell, { channel: "#cx", text: t.tellText }),
        end("given", t.given),
        end("sorry", t.sorry),
      ],
      `feedback > open, open > ask, ask:approved > gesture, ask:expired > lead, ask:rejected > apology, lead:approved > gesture,
       lead:rejected > apology, lead:expired > apology, gesture > tell, tell > given, apology > sorry`,
    );
  },
};
