import type { FlowKey } from "../flow-key.js";
import { startSentence } from "./starts.js";
import type { Words } from "./words.js";

const plural = (amount: number, one: string): string => `${amount} ${one}${amount === 1 ? "" : "s"}`;

const metrics: Readonly<Record<string, string>> = { nps: "NPS", csat: "CSAT", ces: "CES", stars: "star", text: "text" };

const meetings = {
  queue: "a newer run waits",
  replace: "a newer run takes the place of an older one",
  skip: "what comes in between is skipped",
} as const;
const keyed = (key: FlowKey | undefined): string =>
  key
    ? `; one run at a time per ${typeof key.by === "string" ? key.by : `value of ${key.by.expression}`}, ${meetings[key.then]}`
    : "";

export const en: Words = {
  locale: "en",
  and: "and",
  or: "or",
  nodeTitles: {
    trigger: "When feedback arrives",
    condition: "If",
    switch: "Choose a way",
    split: "Split contacts",
    join: "Join",
    set: "Set values",
    action: "Do",
    wait: "Wait",
    approval: "Ask for approval",
    end: "End",
    stop: "Stop everything",
  },
  startTitles: { schedule: "On a schedule", call: "When it is started" },
  unfinished: {
    trigger: "Choose which feedback starts this flow",
    condition: "Say what must be true",
    switch: "Say which cases there are",
    split: "Say which share goes which way",
    join: "Choose how the ways meet",
    set: "Name a value and what it holds",
    action: "Choose what to do",
    wait: "Say how long to wait",
    approval: "Say who decides what",
    end: "Name the outcome",
    stop: "Name the outcome",
  },
  sentences: {
    trigger: ({ sources, metrics: asked, when, on, key, start }, say) => {
      if (start) return `${startSentence("en", start, { say, days: en.days })}${keyed(key)}`;
      const kinds = say.list(
        asked.map((metric) => metrics[metric] ?? metric),
        "or",
      );
      const from = sources.length > 0 ? `from ${say.list(sources.map(say.source), "or")}` : "from any source";
      const condition = when ? ` and ${say.condition(when)}` : "";
      const again = on === "everyChange" ? ", on every change" : "";
      return `When ${kinds ? `${kinds} ` : ""}feedback arrives ${from}${condition}${again}${keyed(key)}`;
    },
    condition: ({ when }, say) => `If ${say.condition(when)}`,
    switch: ({ cases }, say) =>
      `${cases.map(({ title, when }) => `“${title}” if ${say.condition(when)}`).join("; ")}; otherwise go on`,
    split: ({ shares }, say) =>
      `Send ${say.list(
        shares.map(({ percent, title }) => `${percent} % of contacts to “${title}”`),
        "and",
      )}`,
    join: ({ mode }) =>
      mode === "first" ? "Go on with the first way that arrives" : "Go on when all ways have arrived",
    set: ({ values }, say) =>
      `Set ${say.list(
        values.map(({ name, template }) => `${name} to ${say.template(template)}`),
        "and",
      )}`,
    action: (config, say) => say.action(config),
    wait: (config, say) =>
      config.mode === "duration"
        ? `Wait ${say.duration(config.duration)}`
        : `Wait until ${say.list(
            config.days.map((day) => en.days[day - 1] ?? ""),
            "or",
          )} at ${config.time} (${config.zone})`,
    approval: ({ title, channel, expiresAfter }, say) =>
      `Ask in ${channel}: ${say.template(title)}, for up to ${say.duration(expiresAfter)}`,
    end: ({ outcome }) => `End as “${outcome}”`,
    stop: ({ outcome }) => `Stop everything as “${outcome}”`,
  },
  outputs: {
    next: "then",
    yes: "yes",
    no: "no",
    otherwise: "otherwise",
    failure: "on failure",
    approved: "approved",
    rejected: "rejected",
    expired: "no answer",
  },
  fields: {
    "feedback.id": "the feedback id",
    "feedback.score": "the score",
    "feedback.metric": "the metric",
    "feedback.category": "the category",
    "feedback.comment": "the comment",
    "feedback.language": "the language",
    "feedback.source": "the source",
    "feedback.sourceId": "the source id",
    "feedback.domain": "the domain",
    "feedback.product": "the product",
    "feedback.relation": "the rater's relation",
    "feedback.occurredAt": "the time of the feedback",
    "contact.name": "the contact's name",
    "contact.email": "the contact's e-mail",
    "contact.phone": "the contact's phone",
    "contact.externalId": "the contact's id",
    "account.name": "the account's name",
    "account.externalId": "the account's id",
    "account.tier": "the account's tier",
    "account.region": "the account's region",
    "account.annualRevenue": "the account's annual revenue",
    "start.at": "the time of the start",
    "start.by": "who started it",
    "run.id": "the run id",
    "run.url": "the link to the run",
    now: "the time now",
  },
  operators: {
    equals: (field, value) => `${field} is ${value}`,
    notEquals: (field, value) => `${field} is not ${value}`,
    lessThan: (field, value) => `${field} is below ${value}`,
    atMost: (field, value) => `${field} is at most ${value}`,
    atLeast: (field, value) => `${field} is at least ${value}`,
    greaterThan: (field, value) => `${field} is more than ${value}`,
    contains: (field, value) => `${field} contains ${value}`,
    notContains: (field, value) => `${field} does not contain ${value}`,
    startsWith: (field, value) => `${field} starts with ${value}`,
    matches: (field, value) => `${field} matches the pattern ${value}`,
    oneOf: (field, value) => `${field} is ${value}`,
    isEmpty: (field) => `${field} is empty`,
    isNotEmpty: (field) => `${field} is filled in`,
  },
  typedOperators: {
    timestamp: {
      lessThan: (field, value) => `${field} is before ${value}`,
      atMost: (field, value) => `${field} is not after ${value}`,
      atLeast: (field, value) => `${field} is not before ${value}`,
      greaterThan: (field, value) => `${field} is after ${value}`,
    },
  },
  values: { detractor: "detractor (0–6)", passive: "passive (7–8)", promoter: "promoter (9–10)" },
  yes: "yes",
  no: "no",
  duration: ({ amount, unit }) => plural(amount, { minutes: "minute", hours: "hour", days: "day" }[unit]),
  days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  quote: (text) => `“${text}”`,
  expression: (cel) => `this is true: ${cel}`,
  missing: "…",
};
