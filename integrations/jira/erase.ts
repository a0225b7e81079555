import type { CopyCall, CopyErased } from "../connector.js";
import { ConnectorError } from "../outcome.js";
import { openJira } from "./client.js";
import type { JiraConfig, JiraSecret } from "./config.js";

type Copy = CopyCall<JiraConfig, JiraSecret>;

const isGone = (error: unknown): boolean => error instanceof ConnectorError && error.code === "http_404";
const isRefused = (error: unknown): boolean => error instanceof ConnectorError && error.outcome === "REJECTED";

/**
 * DELETE /rest/api/3/issue/{key}. Where the account may not delete, or the issue has sub-tasks by now, its words are taken out; Jira's own
 * history then still shows them.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-delete
 */
export async function eraseIssue(copy: Copy): Promise<CopyErased> {
  const deleted = await deleteOnce(copy, (jira) => jira.deleteIssue(copy.externalId));
  if (deleted !== "refused") return { copy: deleted };
  const fields = { summary: "Erased on request", description: null };
  await openJira(copy).updateIssue(copy.externalId, { fields });
  return { copy: "emptied", remains: "jira_history" };
}

/** DELETE /rest/api/3/issue/{key}/comment/{id}; `externalId` is "SUP-1/10001". */
export async function eraseComment(copy: Copy): Promise<CopyErased> {
  const [issue = "", id = ""] = copy.externalId.split("/");
  const deleted = await deleteOnce(copy, (jira) => jira.deleteComment(issue, id));
  if (deleted === "refused")
    throw new ConnectorError({
      outcome: "REJECTED",
      code: "delete_refused",
      message: `Jira does not let this account delete the comment ${id} of ${issue}.`,
    });
  return { copy: deleted };
}

async function deleteOnce(
  copy: Copy,
  remove: (jira: ReturnType<typeof openJira>) => Promise<unknown>,
): Promise<"deleted" | "gone" | "refused"> {
  try {
    await remove(openJira(copy));
    return "deleted";
  } catch (error) {
    if (isGone(error)) return "gone";
    if (isRefused(error)) return "refused";
    throw error;
  }
}
