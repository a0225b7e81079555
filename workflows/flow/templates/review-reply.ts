import { drawn, end, hours, kitOf, ofCustomers, scoreAtMost, set, whether } from "./kit.js";
import { inEnglish as en, inFrench as fr } from "./said.js";
import type { Template } from "./template.js";

/** In the reviewer's language, whatever the flow's author speaks. */
const ENGLISH_REPLY =
  "Thank you for telling us, and sorry that we let you down. This is not how it should be. Please write to us so that we can put it right.";
const FRENCH_REPLY =
  "Merci de nous l'avoir dit, et pardon de vous avoir déçu. Ce n'est pas ce que nous voulons. Écrivez-nous, nous allons y remédier.";

const texts = {
  en: {
    when: "One or two stars",
    french: "Written in French?",
    replyFr: "Reply in French",
    replyEn: "Reply in English",
    ask: "May this be answered?",
    asked: `Reply to a review of ${en.score} stars?`,
    askedText: `They wrote:\n${en.comment}\n\nThe reply:\n{{ values.reply | default: "" }}`,
    post: "Post the reply",
    postText: `*Post this reply* to the review of ${en.score} stars:\n>{{ values.reply | default: "" }}\n${en.run}`,
    write: "Write another reply",
    summary: `Write a reply of our own: ${en.headline}`,
    description: `${en.comment}\n\nThe usual reply was turned down: {{ steps.ask.reason | default: "no reason given" }}\n${en.run}`,
    late: "Remind the CX team",
    lateText: `*A review of ${en.score} stars is still unanswered* after a day.\n>${en.comment}\n${en.run}`,
    replied: "reply approved",
    own: "reply to be written",
    unanswered: "nobody decided",
  },
  fr: {
    when: "Une ou deux étoiles",
    french: "Écrit en français ?",
    replyFr: "Réponse en français",
    replyEn: "Réponse en anglais",
    ask: "Peut-on répondre ainsi ?",
    asked: `Répondre à un avis de ${fr.score} étoiles ?`,
    askedText: `L'avis :\n${fr.comment}\n\nLa réponse :\n{{ values.reply | default: "" }}`,
    post: "Publier la réponse",
    postText: `*À publier* en réponse à l'avis de ${fr.score} étoiles :\n>{{ values.reply | default: "" }}\n${fr.run}`,
    write: "Écrire une autre réponse",
    summary: `Écrire une réponse : ${fr.headline}`,
    description: `${fr.comment}\n\nLa réponse habituelle a été refusée : {{ steps.ask.reason | default: "sans raison" }}\n${fr.run}`,
    late: "Relancer l'équipe CX",
    lateText: `*Un avis de ${fr.score} étoiles reste sans réponse* après un jour.\n>${fr.comment}\n${fr.run}`,
    replied: "réponse approuvée",
    own: "réponse à écrire",
    unanswered: "personne n'a décidé",
  },
};

export const reviewReply: Template = {
  id: "review-reply",
  systems: ["slack", "jira"],
  metrics: ["stars"],
  words: {
    en: {
      title: "Reply to a bad review",
      summary: "Drafts a reply in the reviewer's language, and has a person approve it before anybody reads it.",
      rationale:
        "A public reply is read by everybody who is still deciding, so it should come soon and never by machine alone. A draft saves the time, an approval keeps the tone. Reviews carry no address: nothing is written to the CRM.",
      measure: "Time from review to reply, and how often the draft was good enough.",
    },
    fr: {
      title: "Réponse à un mauvais avis",
      summary: "Propose une réponse dans la langue de l'avis et la fait approuver avant que quiconque la lise.",
      rationale:
        "Une réponse publique est lue par tous ceux qui hésitent encore : elle doit venir vite, et jamais d'une machine seule. Un brouillon gagne du temps, une approbation garde le ton. Un avis ne porte pas d'adresse : rien n'est écrit dans le CRM.",
      measure: "Le temps entre l'avis et la réponse, et la part des brouillons retenus.",
    },
  },
  draw: (house) => {
    const kit = kitOf(house);
    const t = texts[house.language];
    return drawn(
      [
        kit.when(t.when, { metrics: ["stars"], rows: [ofCustomers, scoreAtMost(2)] }),
        whether("french", t.french, { field: "feedback.language", operator: "startsWith", value: "fr" }),
        set("replyFr", t.replyFr, "reply", FRENCH_REPLY),
        set("replyEn", t.replyEn, "reply", ENGLISH_REPLY),
        kit.ask("ask", t.ask, { channel: "#cx", title: t.asked, text: t.askedText, expiresAfter: hours(24) }),
        kit.post("post", t.post, { channel: "#support", text: t.postText }),
        kit.issue("write", t.write, {
          project: "SUP",
          issueType: "Task",
          summary: t.summary,
          description: t.description,
          labels: ["review"],
        }),
        kit.post("late", t.late, { channel: "#cx", text: t.lateText }),
        end("replied", t.replied),
        end("own", t.own),
        end("unanswered", t.unanswered),
      ],
      `feedback > french, french:yes > replyFr, french:no > replyEn, replyFr > ask, replyEn > ask, ask:approved > post,
       ask:rejected > write, ask:expired > late, post > replied, write > own, late > unanswered`,
    );
  },
};
