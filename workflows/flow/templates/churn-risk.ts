import { days, drawn, either, end, hours, kitOf, ofCustomers, ofKeyAccount, scoreAtMost } from "./kit.js";
import { inEnglish as en, inFrench as fr } from "./said.js";
import type { Template } from "./template.js";

const texts = {
  en: {
    when: "Key account, 0–6",
    risk: "Case: account at risk",
    subject: `At risk: ${en.account}, NPS ${en.score}`,
    description: `${en.name} said:\n${en.comment}\n\n${en.run}`,
    size: "How large is the account?",
    large: "100,000 or more",
    ask: "Ask for a sponsor",
    asked: `Executive sponsor for ${en.account}?`,
    askedText: `${en.name} gave NPS ${en.score}:\n${en.comment}`,
    sponsor: "Executive call",
    sponsorSubject: `Executive call: ${en.account}`,
    manager: "Account manager's call",
    managerSubject: `Call ${en.account}: NPS ${en.score}`,
    weeks: "Two weeks to win them back",
    check: "Is the account safe?",
    checked: `Is ${en.account} safe?`,
    checkedText: `Two weeks ago ${en.name} gave NPS ${en.score}. Approve if the renewal is no longer in question.`,
    alarm: "Tell the CX team",
    alarmText: `*${en.account} is still at risk*, two weeks after NPS ${en.score}. ${en.run}`,
    kept: "safe",
    open: "still at risk",
  },
  fr: {
    when: "Compte clé, 0 à 6",
    risk: "Requête : compte en danger",
    subject: `En danger : ${fr.account}, NPS ${fr.score}`,
    description: `${fr.name} a dit :\n${fr.comment}\n\n${fr.run}`,
    size: "De quelle taille est le compte ?",
    large: "100 000 ou plus",
    ask: "Demander un parrain",
    asked: `Un parrain de direction pour ${fr.account} ?`,
    askedText: `${fr.name} a donné un NPS de ${fr.score} :\n${fr.comment}`,
    sponsor: "Appel de la direction",
    sponsorSubject: `Appel de la direction : ${fr.account}`,
    manager: "Appel du responsable",
    managerSubject: `Appeler ${fr.account} : NPS ${fr.score}`,
    weeks: "Deux semaines pour convaincre",
    check: "Le compte est-il hors de danger ?",
    checked: `${fr.account} est-il hors de danger ?`,
    checkedText: `Il y a deux semaines, ${fr.name} a donné un NPS de ${fr.score}. Approuvez si le renouvellement n'est plus en question.`,
    alarm: "Prévenir l'équipe CX",
    alarmText: `*${fr.account} est toujours en danger*, deux semaines après un NPS de ${fr.score}. ${fr.run}`,
    kept: "hors de danger",
    open: "toujours en danger",
  },
};

export const churnRisk: Template = {
  id: "churn-risk",
  systems: ["slack", "salesforce"],
  metrics: ["nps"],
  words: {
    en: {
      title: "Churn risk on a key account",
      summary:
        "Opens a case for an unhappy key account, asks for an executive sponsor of a large one, and checks after two weeks.",
      rationale:
        "One unhappy voice in a key account often speaks for more people than it names, and renewals are lost long before they are due. Who calls should fit what is at stake, and somebody must say aloud whether it helped.",
      measure: "Accounts that were called safe after two weeks, and how many of those renewed.",
    },
    fr: {
      title: "Risque de départ d'un compte clé",
      summary:
        "Ouvre une requête pour un compte clé mécontent, demande un parrain de direction s'il est grand, et vérifie après deux semaines.",
      rationale:
        "Dans un compte clé, une voix mécontente parle souvent pour d'autres, et un renouvellement se perd bien avant sa date. Qui appelle doit être à la mesure de l'enjeu, et quelqu'un doit dire tout haut si cela a servi.",
      measure: "Les comptes dits hors de danger après deux semaines, et combien ont renouvelé.",
    },
  },
  draw: (house) => {
    const kit = kitOf(house);
    const t = texts[house.language];
    const call = (id: string, title: string, subject: string, dueInHours: number) =>
      kit.task(id, title, {
        ...{ subject, description: t.description, contactEmail: en.email, phone: en.phone },
        ...{ priority: "High", dueInHours, ifNoContact: "account-less" },
      });
    return drawn(
      [
        kit.when(t.when, {
          metrics: ["nps"],
          rows: [ofCustomers, ofKeyAccount, scoreAtMost(6)],
          key: { by: "account", then: "queue" },
        }),
        either("size", t.size, {
          output: "large",
          title: t.large,
          rows: [{ field: "account.annualRevenue", operator: "atLeast", value: 100_000 }],
        }),
        kit.openCase("risk", t.risk, {
          subject: t.subject,
          description: t.description,
          contactEmail: en.email,
          priority: "High",
          ifNoContact: "account-less",
        }),
        kit.ask("ask", t.ask, { channel: "#cx", title: t.asked, text: t.askedText, expiresAfter: hours(24) }),
        call("sponsor", t.sponsor, t.sponsorSubject, 24),
        call("manager", t.manager, t.managerSubject, 48),
        kit.rest("weeks", t.weeks, days(14)),
        kit.ask("check", t.check, { channel: "#cx", title: t.checked, text: t.checkedText, expiresAfter: days(3) }),
        end("kept", t.kept),
        kit.post("alarm", t.alarm, { channel: "#cx", text: t.alarmText }),
        end("open", t.open),
      ],
      `feedback > size, feedback > risk, size:large > ask, size:otherwise > manager, ask:approved > sponsor,
       ask:rejected > manager, ask:expired > manager, sponsor > weeks, manager > weeks, weeks > check, check:approved > kept,
       check:rejected > alarm, check:expired > alarm, alarm > open`,
    );
  },
};
