import { readableHtml } from "../http/readable-html.js";
import type { Exported, PersonExport } from "./export-person.js";

/** What a person wants to read of it: who they are here, what they said, what was done. Bodies, facts and ids stand in the JSON. */
export const exportHtml = ({ exportedAt, contact, mergedContacts, responses, runs }: PersonExport): string =>
  readableHtml("What is held of a person", {
    "As of": spoken(exportedAt),
    "Who they are": whoWords(contact),
    ...(mergedContacts.length > 0 && { "Also known as": mergedContacts.map(whoWords) }),
    "What they said": responses.map(saidWords),
    "What was done about it": runs.map(runWords),
    More: "The bodies as they came, and every step that was taken, stand in the same export as JSON.",
  });

const whoWords = (contact: Exported) =>
  titled(contact, {
    ...{ name: "Name", email: "E-mail", phone: "Phone", firstSeen: "First heard of", choices: "What they allow" },
  });

const saidWords = (said: Exported) => ({
  ...titled(said, { source: "Where", occurredAt: "When", receivedAt: "Received", metric: "Kind" }),
  ...(typeof said["score"] === "number" && {
    Score: `${said["score"]}, from ${textOf(said["scaleMin"])} to ${textOf(said["scaleMax"])}`,
  }),
  ...titled(said, { comment: "Words", respondent: "Said of themselves", attributes: "With it", product: "Product" }),
});

const runWords = ({ effects, approvals, ...run }: Exported) => ({
  ...titled(run, { flow: "Flow", purpose: "What for", startedAt: "Begun", finishedAt: "Ended", state: "State" }),
  ...titled(run, { outcome: "Outcome" }),
  Sent: listOf(effects).map(sentWords),
  "Asked of colleagues": listOf(approvals).map((asked) =>
    titled(asked, {
      title: "Question",
      text: "Text",
      askedAt: "Asked",
      decidedAt: "Decided",
      state: "Answer",
      reason: "Why",
    }),
  ),
});

const sentWords = (effect: Exported) => ({
  What: spokenAction(textOf(effect["action"])),
  ...titled(effect, { settledAt: "When", state: "State", url: "Where it is", message: "Answer", request: "Content" }),
});

/** "slack.postMessage@1" as "slack: post message". */
const spokenAction = (ref: string): string =>
  ref
    .replace(/@\d+$/, "")
    .replace(".", ": ")
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** These fields of it by these names, without those that hold nothing. */
const titled = (row: Exported, titles: Readonly<Record<string, string>>): Exported =>
  Object.fromEntries(
    Object.entries(titles).flatMap(([field, title]) => (isNothing(row[field]) ? [] : [[title, spoken(row[field])]])),
  );

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0 && !(value instanceof Date));

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+Z$/;

/** "2026-11-23 08:00 UTC" for a moment; anything else as it is. */
function spoken(value: unknown): unknown {
  const text = value instanceof Date ? value.toISOString() : value;
  return typeof text === "string" && TIME.test(text) ? `${text.slice(0, 10)} ${text.slice(11, 16)} UTC` : text;
}

const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "?";

const listOf = (value: unknown): readonly Exported[] => (Array.isArray(value) ? (value as readonly Exported[]) : []);
