import type { World } from "../system.js";
import { documentOf } from "./adf.js";
import type { CommentRow, IssueRow } from "./rows.js";
import type { JiraStore } from "./store.js";

interface Story {
  readonly project: string;
  readonly type: string;
  readonly summary: string;
  readonly description: string;
  readonly status: string;
  readonly priority: string;
  readonly labels: readonly string[];
  readonly assignee: string | null;
  readonly reporter: string;
  readonly hoursOld: number;
  readonly comment?: { readonly author: string; readonly body: string };
}

/** A board that is in use, so that what a flow adds stands among other work. */
const STORIES: readonly Story[] = [
  {
    project: "SUP", type: "Task", summary: "Explain the new invoice layout to reseller partners", description: "Three partners asked where the VAT number went.",
    status: "Done", priority: "Low", labels: ["billing"], assignee: "Tom Okafor", reporter: "Ines Moreau", hoursOld: 96,
  },
  {
    project: "SUP", type: "Bug", summary: "Delivery notice arrives after the parcel", description: "Reported twice from Lyon.\n\nThe carrier's feed seems to be a day late.",
    status: "In Progress", priority: "Medium", labels: ["delivery"], assignee: "Tom Okafor", reporter: "Maya Lindqvist", hoursOld: 52,
    comment: { author: "Tom Okafor", body: "Asked the carrier for their feed's timestamps." },
  },
  {
    project: "RND", type: "Bug", summary: "Mobile app signs people out overnight", description: "Happens on Android 16 after an update.",
    status: "To Do", priority: "High", labels: ["mobile"], assignee: "Kenji Watanabe", reporter: "Tom Okafor", hoursOld: 30,
  },
  {
    project: "RND", type: "Task", summary: "Measure search latency on the catalogue page", description: "Customers call the search slow; find out how slow.",
    status: "In Progress", priority: "Medium", labels: ["search"], assignee: null, reporter: "Kenji Watanabe", hoursOld: 20,
  },
]; // prettier-ignore

const HOUR = 3_600_000;

export function seedJira(world: World, store: JiraStore): void {
  if (store.issues.all().length > 0) return;
  STORIES.forEach((story) => store.save(issueOf(world, story)));
}

function issueOf(world: World, story: Story): IssueRow {
  const { hoursOld, comment, ...facts } = story;
  const at = new Date(world.now() - hoursOld * HOUR).toISOString();
  return {
    ...facts,
    id: String(10_000 + world.nextNumber("jira_issue")),
    key: `${story.project}-${world.nextNumber(`jira_key_${story.project}`)}`,
    resolution: story.status === "Done" ? "Done" : null,
    docs: { description: documentOf(story.description) },
    custom: {},
    dueDate: null,
    comments: comment ? [commentOf(world, comment, at)] : [],
    remoteLinks: [],
    properties: {},
    createdAt: at,
    updatedAt: at,
  };
}

function commentOf(world: World, { author, body }: { author: string; body: string }, at: string): CommentRow {
  const id = String(10_000 + world.nextNumber("jira_comment"));
  return {
    id,
    author,
    updateAuthor: author,
    body,
    doc: documentOf(body),
    properties: {},
    createdAt: at,
    updatedAt: at,
  };
}
