import type { SandboxReply } from "../system.js";
import { escapeHtml } from "./render.js";
import type { JiraStore } from "./store.js";

/** The page that an issue's link opens in a browser. It needs no token: it stands for a person's own session. */
export function browse(store: JiraStore, key: string): SandboxReply {
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  const issue = store.find(key);
  if (!issue)
    return {
      status: 404,
      headers,
      body: page("Not found", `<p>There is no issue ${escapeHtml(key)} in the sandbox.</p>`),
    };
  const facts = [
    issue.project,
    issue.type,
    issue.status,
    issue.priority,
    issue.assignee ?? "Unassigned",
    ...issue.labels,
  ];
  const comments = issue.comments.map(
    ({ author, body }) => `<li><b>${escapeHtml(author)}</b>: ${escapeHtml(body)}</li>`,
  );
  const content = `<p>${facts.map(escapeHtml).join(" · ")}</p><pre>${escapeHtml(issue.description)}</pre><ul>${comments.join("")}</ul>`;
  return { status: 200, headers, body: page(`${issue.key} ${issue.summary}`, content) };
}

function page(title: string, content: string): string {
  const safe = escapeHtml(title);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${safe}</title></head><body><h1>${safe}</h1>${content}<p>Jira in the Loopwright sandbox</p></body></html>`;
}
