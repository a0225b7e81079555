import { ConnectorError } from "../outcome.js";

/** Reads "SUP-12", "sup-12 " or "https://acme.atlassian.net/browse/SUP-12"; null when there is no issue key. */
export const issueKeyOf = (text: string): string | null =>
  /(?:^|\/)([A-Za-z][A-Za-z0-9_]*-\d+)(?:[?#].*)?$/.exec(text.trim())?.[1]?.toUpperCase() ?? null;

export function requireIssueKey(text: string): string {
  const key = issueKeyOf(text);
  if (key !== null) return key;
  throw new ConnectorError({
    outcome: "REJECTED",
    code: "issue_key_invalid",
    message: `“${text.slice(0, 80)}” is not an issue key such as SUP-12`,
    fields: { issue: "is not an issue key such as SUP-12" },
  });
}
