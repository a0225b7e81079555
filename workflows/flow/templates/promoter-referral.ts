import { drawn, end, kitOf, ofCustomers, scoreAtLeast, share } from "./kit.js";
import { inEnglish as en, inFrench as fr } from "./said.js";
import type { Template } from "./template.js";

const texts = {
  en: {
    when: "Promoter (9–10)",
    until: "A calm morning",
    some: "Nine in ten are asked",
    asked: "asked",
    control: "not asked",
    task: "Referral task",
    subject: `Ask ${en.name} for a referral: NPS ${en.score}`,
    description: `They said:\n${en.comment}\n\nThank them first. Ask whom they know, once. ${en.run}`,
    tell: "Tell the CX team",
    tellText: `*${en.name} recommends us* (NPS ${en.score}); sales will ask for a referral.\n>${en.comment}\n${en.run}`,
    done: "referral asked for",
    unknown: "not in the CRM",
    held: "not asked, to compare",
  },
  fr: {
    when: "Promoteur (9 ou 10)",
    until: "Un matin calme",
    some: "Neuf sur dix sont sollicités",
    asked: "sollicité",
    control: "non sollicité",
    task: "Tâche de recommandation",
    subject: `Demander une recommandation à ${fr.name} : NPS ${fr.score}`,
    description: `Sa réponse :\n${fr.comment}\n\nRemerciez d'abord. Demandez une seule fois qui cela pourrait intéresser. ${fr.run}`,
    tell: "Prévenir l'équipe CX",
    tellText: `*${fr.name} nous recommande* (NPS ${fr.score}) ; les ventes demanderont une recommandation.\n>${fr.comment}\n${fr.run}`,
    done: "recommandation demandée",
    unknown: "absent du CRM",
    held: "non sollicité, pour comparer",
  },
};

export const promoterReferral: Template = {
  id: "promoter-referral",
  systems: ["slack", "salesforce"],
  metrics: ["nps"],
  words: {
    en: {
      title: "Promoter referral",
      summary:
        "Asks promoters who agreed to it for a referral on a calm morning, and keeps one in ten aside to compare.",
      rationale:
        "Somebody who has just said that they would recommend you is the one to ask whom they know, and a person asks better than a form. It is marketing, so it runs for those alone who consented to that.",
      measure: "Referrals from those who were asked against those from the tenth who were not.",
    },
    fr: {
      title: "Recommandation d'un promoteur",
      summary:
        "Demande une recommandation aux promoteurs qui l'acceptent, un matin calme, et en garde un sur dix à part pour comparer.",
      rationale:
        "Qui vient de dire qu'il vous recommanderait est la personne à qui demander qui cela intéresserait, et quelqu'un le demande mieux qu'un formulaire. C'est du marketing : seules les personnes qui y consentent sont concernées.",
      measure: "Les recommandations des personnes sollicitées, comparées à celles du dixième qui ne l'a pas été.",
    },
  },
  draw: (house) => {
    const kit = kitOf(house);
    const t = texts[house.language];
    return drawn(
      [
        kit.when(t.when, {
          metrics: ["nps"],
          rows: [ofCustomers, scoreAtLeast(9)],
          key: { by: "contact", then: "skip" },
          purpose: "marketing",
        }),
        kit.until("calm", t.until, "10:00", [2, 3, 4]),
        share(
          "some",
          t.some,
          { output: "asked", title: t.asked, percent: 90 },
          { output: "control", title: t.control, percent: 10 },
        ),
        kit.task("referral", t.task, {
          subject: t.subject,
          description: t.description,
          contactEmail: en.email,
          priority: "Normal",
          dueInHours: 72,
        }),
        kit.post("tell", t.tell, { channel: "#cx", text: t.tellText }),
        end("done", t.done),
        end("unknown", t.unknown),
        end("held", t.held),
      ],
      `feedback > calm, calm > some, some:asked > referral, some:control > held, referral > tell, tell > done,
       referral:failure > unknown`,
    );
  },
};
