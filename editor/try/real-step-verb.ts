/** What a button that does it is called, by action. */
const verbs = {
  "slack.postMessage": "message",
  "jira.createIssue": "issue",
  "jira.commentIssue": "comment",
  "salesforce.createTask": "task",
  "salesforce.createNote": "note",
  "salesforce.createCase": "case",
  "salesforce.updateContact": "contact",
  "http.request": "request",
} as const;

const isKnown = (name: string): name is keyof typeof verbs => name in verbs;

export function verbOf(action: string): (typeof verbs)[keyof typeof verbs] | "other" {
  const [name = ""] = action.split("@");
  return isKnown(name) ? verbs[name] : "other";
}
