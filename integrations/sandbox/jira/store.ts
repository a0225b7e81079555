import type { Collection, World } from "../system.js";
import type { IssueRow, LinkRow, WebhookRow } from "./rows.js";
import { createSearchIndex, type SearchIndex } from "./search-index.js";

export interface JiraStore {
  readonly issues: Collection<IssueRow>;
  readonly links: Collection<LinkRow>;
  readonly webhooks: Collection<WebhookRow>;
  readonly index: SearchIndex;
  find(idOrKey: string): IssueRow | undefined;
  save(issue: IssueRow): void;
  remove(issue: IssueRow): void;
}

export function createStore(world: World): JiraStore {
  const issues: Collection<IssueRow> = world.collection("jira", "issues");
  const links: Collection<LinkRow> = world.collection("jira", "links");
  const webhooks: Collection<WebhookRow> = world.collection("jira", "webhooks");
  const index = createSearchIndex(world);
  return {
    issues,
    links,
    webhooks,
    index,
    find: (idOrKey) => issues.get(idOrKey) ?? issues.all().find(({ key }) => key === idOrKey.toUpperCase()),
    save(issue) {
      issues.put(issue.id, issue);
      index.record(issue.id, issue);
      world.changed("jira");
    },
    remove(issue) {
      issues.delete(issue.id);
      links
        .all()
        .filter(({ inward, outward }) => inward === issue.key || outward === issue.key)
        .forEach(({ id }) => links.delete(id));
      index.record(issue.id, null);
      world.changed("jira");
    },
  };
}
