import type { Json } from "./json.js";

/** What the fake keeps of an issue. People, statuses and the like are stored by name, so that the sandbox page can show the row as it is. */
export interface IssueRow {
  readonly id: string;
  readonly key: string;
  readonly project: string;
  readonly type: string;
  readonly summary: string;
  readonly status: string;
  readonly resolution: string | null;
  readonly priority: string;
  readonly labels: readonly string[];
  /** Plain text; the document it came from is in `docs`. */
  readonly description: string;
  /** ADF by field id: description, environment, multi-line custom fields. */
  readonly docs: Readonly<Record<string, Json>>;
  readonly custom: Readonly<Json>;
  readonly assignee: string | null;
  readonly reporter: string;
  readonly dueDate: string | null;
  readonly comments: readonly CommentRow[];
  readonly remoteLinks: readonly RemoteLinkRow[];
  readonly properties: Readonly<Json>;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface CommentRow {
  readonly id: string;
  readonly author: string;
  readonly updateAuthor: string;
  readonly body: string;
  readonly doc: Json;
  readonly properties: Readonly<Json>;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface RemoteLinkRow {
  readonly id: number;
  readonly globalId: string | null;
  readonly relationship: string | null;
  readonly application: Json;
  readonly object: Json;
}

export interface LinkRow {
  readonly id: string;
  readonly type: string;
  /** Keys of the two issues. */
  readonly inward: string;
  readonly outward: string;
}

export interface WebhookRow {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly jql: string;
  readonly excludeBody: boolean;
  readonly enabled: boolean;
  readonly secret: string | null;
  readonly updatedBy: string;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
}

/** What the search index knows of an issue: not what the issue is, but what it was when the index last looked. */
export interface IndexedIssue {
  readonly key: string;
  readonly project: string;
  readonly issuetype: string;
  readonly status: string;
  readonly priority: string;
  readonly labels: readonly string[];
  readonly assignee: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface IndexRow {
  readonly id: string;
  readonly changes: readonly IndexChange[];
}

export interface IndexChange {
  readonly at: number;
  /** When searches begin to see this change. */
  readonly visibleAt: number;
  /** Null: deleted. */
  readonly issue: IndexedIssue | null;
}
