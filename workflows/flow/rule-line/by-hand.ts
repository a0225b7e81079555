import type { Language } from "../sentence.js";
import { deeds } from "./words/deeds.js";

type Input = Readonly<Record<string, unknown>>;

/** Actions that say what was said and by whom, each as this deed fills it. */
const filledAs: Readonly<Record<string, string>> = {
  "jira.createIssue@1": "rdTicket",
  "salesforce.createCase@1": "supportCase",
  "salesforce.createNote@1": "crmNote",
  "salesforce.createTask@1": "callbackTask",
};

/** What an action that is placed by hand holds, as a line would fill it; where it goes, its author chooses. */
export function inputByHand(action: string, language: Language): Input {
  const deed = deeds[filledAs[action] ?? ""];
  if (!deed) return {};
  return Object.fromEntries(
    Object.entries(structuredClone(deed.input[language])).filter(([field]) => field !== deed.place),
  );
}
