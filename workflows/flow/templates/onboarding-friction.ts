import { commented, days, drawn, end, kitOf, ofCustomers, scoreAtMost, whether } from "./kit.js";
import { inEnglish as en, inFrench as fr } from "./said.js";
import type { Template } from "./template.js";

const texts = {
  en: {
    when: "It was not easy (CES 1–3)",
    help: "Offer help",
    subject: `Help ${en.name} to get going: effort ${en.score} of 7`,
    description: `${en.comment}\n\nStep: ${en.product}\n${en.run}`,
    words: "Did they say what?",
    friction: "Friction for R&D",
    summary: `Hard at first: ${en.headline}`,
    week: "Five days",
    ask: "Have they got going?",
    asked: `Has ${en.name} got going?`,
    askedText: `Five days ago they found it hard (${en.score} of 7):\n${en.comment}`,
    call: "Call",
    callSubject: `Call ${en.name}: still not going`,
    going: "got going",
    stuck: "call arranged",
  },
  fr: {
    when: "Ce n'était pas facile (CES 1 à 3)",
    help: "Proposer de l'aide",
    subject: `Aider ${fr.name} à démarrer : effort ${fr.score} sur 7`,
    description: `${fr.comment}\n\nÉtape : ${fr.product}\n${fr.run}`,
    words: "Est-il dit quoi ?",
    friction: "Difficulté pour la R&D",
    summary: `Difficile au début : ${fr.headline}`,
    week: "Cinq jours",
    ask: "Le client a-t-il démarré ?",
    asked: `${fr.name} : le démarrage est-il réussi ?`,
    askedText: `Il y a cinq jours, c'était difficile (${fr.score} sur 7) :\n${fr.comment}`,
    call: "Appeler",
    callSubject: `Appeler ${fr.name} : toujours bloqué`,
    going: "démarré",
    stuck: "appel prévu",
  },
};

export const onboardingFriction: Template = {
  id: "onboarding-friction",
  systems: ["slack", "jira", "salesforce"],
  metrics: ["ces"],
  words: {
    en: {
      title: "Onboarding friction",
      summary:
        "Offers help within a day to whom the first steps were hard, writes down where, and checks after five days.",
      rationale:
        "What is hard in the first days is rarely complained about: people leave quietly. An effort score asks at that moment, a helping hand brings them on, and the place where several get stuck is R&D's to smooth.",
      measure: "The share who had got going after five days, and the effort score of those who come after.",
    },
    fr: {
      title: "Démarrage difficile",
      summary:
        "Propose de l'aide dans la journée quand les premiers pas sont difficiles, note où, et vérifie après cinq jours.",
      rationale:
        "On se plaint rarement d'un début difficile : on s'en va sans bruit. Une note d'effort le demande à ce moment-là, un coup de main fait avancer, et l'endroit où plusieurs butent est à aplanir par la R&D.",
      measure: "La part des clients qui ont démarré après cinq jours, et la note d'effort des suivants.",
    },
  },
  draw: (house) => {
    const kit = kitOf(house);
    const t = texts[house.language];
    const taskOf = (id: string, title: string, subject: string, dueInHours: number) =>
      kit.task(id, title, {
        ...{ subject, description: t.description, contactEmail: en.email, phone: en.phone },
        ...{ priority: "Normal", dueInHours, ifNoContact: "account-less" },
      });
    return drawn(
      [
        kit.when(t.when, {
          metrics: ["ces"],
          rows: [ofCustomers, scoreAtMost(3)],
          // Who finds a second step hard is helped already.
          key: { by: "contact", then: "skip" },
        }),
        taskOf("help", t.help, t.subject, 24),
        whether("words", t.words, commented),
        kit.issue("friction", t.friction, {
          project: "RND",
          issueType: "Task",
          summary: t.summary,
          description: t.description,
          labels: ["onboarding"],
        }),
        kit.rest("week", t.week, days(5)),
        kit.ask("ask", t.ask, { channel: "#support", title: t.asked, text: t.askedText, expiresAfter: days(2) }),
        taskOf("call", t.call, t.callSubject, 8),
        end("going", t.going),
        end("stuck", t.stuck),
      ],
      `feedback > help, feedback > words, words:yes > friction, help > week, week > ask, ask:approved > going,
       ask:rejected > call, ask:expired > call, call > stuck`,
    );
  },
};
