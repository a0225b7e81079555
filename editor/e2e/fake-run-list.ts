import { runListSchema, type RunSummary } from "../../server/runs/run-api.js";
import {
  failureGroupsSchema,
  foundContactIdSchema,
  manyDoneSchema,
  resumedSchema,
} from "../../server/runs/run-group-api.js";
import { emptySchema } from "../../server/http/common-api.js";
import { viewListSchema, viewSchema } from "../../server/views/view-api.js";
import { answering, get, type Route } from "./fake-route.js";
import { id } from "./fixtures/ids.js";
import { failureGroups, views } from "./fixtures/run-list.js";
import { refused, runs } from "./fixtures/run-summaries.js";

const among = (query: URLSearchParams, name: string, value: string | null): boolean =>
  (query.get(name) ?? value ?? "").split(",").includes(value ?? "");

const fits = (query: URLSearchParams, run: RunSummary): boolean =>
  among(query, "state", run.state) &&
  among(query, "flowId", run.flowId) &&
  among(query, "contactId", run.contactId) &&
  run.id.startsWith(query.get("search") ?? "");

const post = answering("POST");

/** The list of runs, and what goes with it. */
export const runListRoutes: readonly Route[] = [
  get(/^runs$/, runListSchema, ({ query, items }) => ({
    items: items(runs)
      .filter((run) => fits(query, run))
      .slice(0, 50),
    next: query.get("state") === null ? "more" : null,
  })),
  get(/^runs\/failure-groups$/, failureGroupsSchema, ({ items }) => ({
    ...failureGroups,
    items: items(failureGroups.items),
  })),
  post(/^runs\/resume-group$/, resumedSchema, () => ({ resumed: 12, left: 0 })),
  post(/^runs\/many$/, manyDoneSchema, () => ({ done: 1, refused: [{ runId: id("run", 4), code: "step_in_doubt" }] })),
  post(/^runs\/contact$/, foundContactIdSchema, () => ({ contactId: refused.contactId })),
  get(/^views$/, viewListSchema, ({ items }) => ({ items: items(views) })),
  post(/^views$/, viewSchema, () => views[0]),
  answering("PATCH")(/^views\/[^/]+$/, viewSchema, () => views[0]),
  answering("DELETE")(/^views\/[^/]+$/, emptySchema, () => ({})),
];
