import type { Language } from "../../sentence.js";
import { en, fr } from "./texts.js";
import type { Ways } from "./words.js";

type Input = Readonly<Record<string, unknown>>;

/** A deed that a line can name: an action with what its form holds unless the line says otherwise. One entry a deed. */
export interface Deed {
  readonly action: string;
  readonly words: Readonly<Record<Language, Ways>>;
  readonly input: Readonly<Record<Language, Input>>;
  /** The field of the action's input that a quoted text fills, and the one that "in …" fills. */
  readonly text?: string;
  readonly place?: string;
}

const same = (input: Input): Deed["input"] => ({ en: input, fr: input });
const task = (subject: string, description: string, rest: Input): Input => ({
  subject,
  description,
  contactEmail: en.email,
  phone: en.phone,
  priority: "High",
  ifNoContact: "account-less",
  ...rest,
});

export const deeds: Readonly<Record<string, Deed>> = {
  supportCallback: {
    action: "slack.postMessage@1",
    words: {
      en: ["support callback", "callback", "call back"],
      fr: ["rappel support", "rappel du support", "rappel"],
    },
    text: "text",
    place: "channel",
    input: {
      en: {
        channel: "#support",
        text: `*Call back ${en.name}* within 2 hours (score ${en.score}). ${en.phone}\n>${en.comment}\n{{ run.url }}`,
      },
      fr: {
        channel: "#support",
        text: `*Rappeler ${fr.name}* dans les 2 heures (note : ${fr.score}). ${fr.phone}\n>${fr.comment}\n{{ run.url }}`,
      },
    },
  },
  rdTicket: {
    action: "jira.createIssue@1",
    words: { en: ["R&D ticket", "RND ticket"], fr: ["ticket R&D", "ticket RND"] },
    text: "summary",
    place: "project",
    input: {
      en: {
        project: "RND",
        issueType: "Bug",
        summary: `Score ${en.score}: ${en.headline}`,
        description: `${en.comment}\n\nProduct: ${en.product}\nScore: ${en.score}\n{{ run.url }}`,
        labels: ["voice-of-customer"],
      },
      fr: {
        project: "RND",
        issueType: "Bug",
        summary: `Note ${fr.score} : ${fr.headline}`,
        description: `${fr.comment}\n\nProduit : ${fr.product}\nNote : ${fr.score}\n{{ run.url }}`,
        labels: ["voice-of-customer"],
      },
    },
  },
  crmNote: {
    action: "salesforce.createNote@1",
    words: { en: ["CRM note", "note"], fr: ["note CRM", "note"] },
    text: "body",
    input: {
      en: { title: `Score ${en.score}`, body: en.comment, contactEmail: en.email, attachTo: "contact" },
      fr: { title: `Note ${fr.score}`, body: fr.comment, contactEmail: fr.email, attachTo: "contact" },
    },
  },
  callbackTask: {
    action: "salesforce.createTask@1",
    words: { en: ["callback task"], fr: ["tâche de rappel"] },
    text: "subject",
    input: {
      en: task(`Call back ${en.name}`, `${en.comment}\n\n{{ run.url }}`, { dueInHours: 2 }),
      fr: task(`Rappeler ${fr.name}`, `${fr.comment}\n\n{{ run.url }}`, { dueInHours: 2 }),
    },
  },
  executiveCall: {
    action: "salesforce.createTask@1",
    words: { en: ["executive call"], fr: ["appel de la direction"] },
    text: "subject",
    input: {
      en: task(`Executive call: ${en.account}`, `From ${en.name}.\n${en.comment}\n\n{{ run.url }}`, { dueInHours: 24 }),
      fr: task(`Appel de la direction : ${fr.account}`, `De ${fr.name}.\n${fr.comment}\n\n{{ run.url }}`, {
        dueInHours: 24,
      }),
    },
  },
  supportCase: {
    action: "salesforce.createCase@1",
    words: { en: ["support case", "case"], fr: ["dossier support", "dossier"] },
    text: "subject",
    input: {
      en: { subject: en.headline, description: en.comment, contactEmail: en.email, ifNoContact: "account-less" },
      fr: { subject: fr.headline, description: fr.comment, contactEmail: fr.email, ifNoContact: "account-less" },
    },
  },
  thankYou: {
    action: "slack.postMessage@1",
    words: {
      en: ["thank-you in Slack", "thank-you", "thank you"],
      fr: ["remerciement dans Slack", "remerciement"],
    },
    text: "text",
    place: "channel",
    input: {
      en: { channel: "#cx", text: `*Thank ${en.name}* (score ${en.score})\n>${en.comment}\n{{ run.url }}` },
      fr: { channel: "#cx", text: `*Remercier ${fr.name}* (note : ${fr.score})\n>${fr.comment}\n{{ run.url }}` },
    },
  },
  slackMessage: {
    action: "slack.postMessage@1",
    words: { en: ["Slack message"], fr: ["message Slack"] },
    text: "text",
    place: "channel",
    input: same({}),
  },
  jiraTask: {
    action: "jira.createIssue@1",
    words: { en: ["Jira task", "Jira ticket"], fr: ["tâche Jira", "ticket Jira"] },
    text: "summary",
    place: "project",
    input: same({ issueType: "Task", description: "", labels: [] }),
  },
  webhook: {
    action: "http.request@1",
    words: { en: ["webhook", "HTTP request"], fr: ["webhook", "appel HTTP"] },
    text: "url",
    input: same({
      method: "POST",
      headers: [{ name: "Content-Type", value: "application/json" }],
      body: '{"score": {{ feedback.score | default: "null" }}, "run": "{{ run.url }}"}',
      idempotencyHonoured: false,
    }),
  },
};

interface Question {
  readonly channel: string;
  readonly title: string;
  readonly text: string;
}

/** What "ask manager" asks unless the line says otherwise. */
export const question: Readonly<Record<Language, Question>> = {
  en: {
    channel: "#cx",
    title: `Go on for ${en.name}?`,
    text: `${en.name} (${en.account}) gave a score of ${en.score}:\n${en.comment}`,
  },
  fr: {
    channel: "#cx",
    title: `Continuer pour ${fr.name} ?`,
    text: `${fr.name} (${fr.account}) a donné la note ${fr.score} :\n${fr.comment}`,
  },
};
