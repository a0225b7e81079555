import { days, drawn, end, kitOf, ofCustomers, whether } from "./kit.js";
import { inEnglish as en, inFrench as fr } from "./said.js";
import type { Template } from "./template.js";

/** In both languages, because customers write in theirs. */
const DEFECTS =
  "(?i)(bug|error|crash|broken|fails?\\b|freez|does ?n.t work|not working|erreur|plante|panne|cassé|marche pas|fonctionne pas)";

const texts = {
  en: {
    when: "Any comment",
    defect: "Is something broken?",
    bug: "Bug for R&D",
    summary: `${en.product}: ${en.headline}`,
    description: `${en.comment}\n\nProduct: ${en.product}\n${en.run}`,
    tell: "Tell R&D",
    tellText: `*A customer found something broken*: {{ steps.bug.url }}\n>${en.comment}`,
    weeks: "Two weeks to mend it",
    ask: "Is it mended?",
    asked: "Is {{ steps.bug.key }} mended?",
    askedText: `${en.name} waits to hear. Approve once it is released, reject if it will not be soon.\n{{ steps.bug.url }}`,
    told: "Tell the customer",
    toldSubject: `Tell ${en.name}: {{ steps.bug.key }} is mended`,
    later: "Say so on the ticket",
    laterText: "The customer who found this has not heard from us yet. Whoever closes it, please tell them.",
    closed: "customer told",
    open: "customer still waits",
    nothing: "nothing broken",
  },
  fr: {
    when: "Tout commentaire",
    defect: "Quelque chose est-il cassé ?",
    bug: "Bug pour la R&D",
    summary: `${fr.product} : ${fr.headline}`,
    description: `${fr.comment}\n\nProduit : ${fr.product}\n${fr.run}`,
    tell: "Prévenir la R&D",
    tellText: `*Un client a trouvé un défaut* : {{ steps.bug.url }}\n>${fr.comment}`,
    weeks: "Deux semaines pour réparer",
    ask: "Est-ce réparé ?",
    asked: "{{ steps.bug.key }} est-il réparé ?",
    askedText: `${fr.name} attend de nos nouvelles. Approuvez une fois la version sortie, refusez si ce n'est pas pour bientôt.\n{{ steps.bug.url }}`,
    told: "Prévenir le client",
    toldSubject: `Dire à ${fr.name} que {{ steps.bug.key }} est réparé`,
    later: "Le dire sur le ticket",
    laterText: "Le client qui a trouvé ce défaut n'a pas encore eu de nouvelles. Prévenez-le en fermant ce ticket.",
    closed: "client prévenu",
    open: "le client attend encore",
    nothing: "rien de cassé",
  },
};

export const toldWhenFixed: Template = {
  id: "told-when-fixed",
  systems: ["jira", "slack", "salesforce"],
  metrics: [],
  words: {
    en: {
      title: "Told when it is fixed",
      summary:
        "Turns a defect in a comment into a bug, asks R&D after two weeks whether it is mended, and has the customer told.",
      rationale:
        "The loop closes with the customer, not with the ticket. Whoever hears that what they reported was mended reports the next thing too, and R&D sees that somebody waits behind the number.",
      measure: "The share of reported defects after which the customer was told, and how long they waited.",
    },
    fr: {
      title: "Prévenu quand c'est réparé",
      summary:
        "Fait d'un défaut cité un bug, demande à la R&D après deux semaines s'il est réparé, et fait prévenir le client.",
      rationale:
        "La boucle se ferme avec le client, pas avec le ticket. Qui apprend que son signalement a été réparé signalera aussi le suivant, et la R&D voit que quelqu'un attend derrière le numéro.",
      measure: "La part des défauts dont le client a été prévenu, et combien de temps il a attendu.",
    },
  },
  draw: (house) => {
    const kit = kitOf(house);
    const t = texts[house.language];
    return drawn(
      [
        kit.when(t.when, { rows: [ofCustomers] }),
        whether("defect", t.defect, { field: "feedback.comment", operator: "matches", value: DEFECTS }),
        kit.issue("bug", t.bug, {
          project: "RND",
          issueType: "Bug",
          summary: t.summary,
          description: t.description,
          labels: ["voice-of-customer"],
        }),
        end("nothing", t.nothing),
        kit.post("tell", t.tell, { channel: "#rnd", text: t.tellText }),
        kit.rest("weeks", t.weeks, days(14)),
        kit.ask("ask", t.ask, { channel: "#rnd", title: t.asked, text: t.askedText, expiresAfter: days(7) }),
        kit.task("told", t.told, {
          subject: t.toldSubject,
          description: t.description,
          contactEmail: en.email,
          phone: en.phone,
          priority: "Normal",
          dueInHours: 24,
          ifNoContact: "account-less",
        }),
        kit.commentIssue("later", t.later, { issue: "{{ steps.bug.key }}", body: t.laterText }),
        end("closed", t.closed),
        end("open", t.open),
      ],
      `feedback > defect, defect:yes > bug, defect:no > nothing, bug > tell, bug > weeks, weeks > ask, ask:approved > told,
       ask:rejected > later, ask:expired > later, told > closed, later > open`,
    );
  },
};
