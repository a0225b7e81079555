import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { erasureListSchema } from "../../server/erasure/erasure-api.js";
import { auditListSchema, chainSchema, type AuditFilter } from "../../server/audit/audit-api.js";
import { approvalListSchema } from "../../server/approvals/approval-api.js";
import { connectionListSchema, connectorListSchema, optionsSchema } from "../../server/connections/connection-api.js";
import { feedbackListSchema } from "../../server/feedback/feedback-api.js";
import { catalogueSchema, flowCheckSchema, flowDetailSchema, flowListSchema } from "../../server/flows/flow-api.js";
import { drawnVersionSchema, flowVersionListSchema } from "../../server/flows/version-api.js";
import { holdListSchema } from "../../server/holds/hold-api.js";
import { accountSchema, sessionListSchema } from "../../server/members/account-api.js";
import { memberListSchema, meSchema } from "../../server/members/member-api.js";
import { teamListSchema } from "../../server/members/team-api.js";
import { tokenListSchema } from "../../server/members/token-api.js";
import { oidcSettingsSchema } from "../../server/oidc/oidc-api.js";
import { samlSettingsSchema } from "../../server/saml/saml-api.js";
import {
  duplicateListSchema,
  entryListSchema,
  ownerListSchema,
  senderListSchema,
  type EntryFilter,
} from "../../server/oversight/oversight-api.js";
import { requestListSchema } from "../../server/oversight/request-api.js";
import { passkeyListSchema } from "../../server/passkeys/passkey-api.js";
import { retentionViewSchema } from "../../server/retention/retention-api.js";
import { runDetailSchema, runListSchema } from "../../server/runs/run-api.js";
import { failureGroupsSchema } from "../../server/runs/run-group-api.js";
import { searchStateSchema } from "../../server/search/search-api.js";
import { settingsReplySchema } from "../../server/settings/settings-api.js";
import { quarantineListSchema } from "../../server/ingest/quarantine-api.js";
import { signInWaysSchema } from "../../server/sign-in-providers/provider-api.js";
import { sourceListSchema, sourceSchema } from "../../server/sources/source-api.js";
import { flowTestListSchema } from "../../server/tries/flow-test-api.js";
import { previewSchema, type PreviewStep } from "../../server/tries/preview-api.js";
import { pastEventsSchema, type PastEventsOf } from "../../server/tries/try-api.js";
import { viewListSchema, type View } from "../../server/views/view-api.js";
import type { RunAddress } from "../runs/run-address.js";
import { keepNames } from "../ui/picked-names.js";
import { allAccounts } from "./all-accounts.js";
import { request, withQuery } from "./client.js";

export interface FeedbackFilter {
  readonly words?: string | undefined;
}
interface Picker {
  readonly connectionId: string;
  readonly name: string;
  readonly q: string;
  readonly values: string;
}

const read = <Schema extends z.ZodType>(key: readonly unknown[], schema: Schema, path: string) =>
  queryOptions({ queryKey: key, queryFn: ({ signal }) => request(schema, path, { signal }) });

/** Keys begin with the topic that live events name, so that one event renews everything below it. */
export const queries = {
  me: () => read(["me"], meSchema, "/api/me"),
  flows: () => read(["flow", "list"], flowListSchema, "/api/flows"),
  /** Read once when the editor opens: from then on the document in hand is the truth (autosave). */
  flow: (id: string) => read(["flow", id], flowDetailSchema, `/api/flows/${id}`),
  versions: (id: string) => read(["flow", id, "versions"], flowVersionListSchema, `/api/flows/${id}/versions`),
  /** What was published does not change, but for whether it is live. */
  version: (id: string, versionId: string) =>
    read(["flow", id, "versions", versionId], drawnVersionSchema, `/api/flows/${id}/versions/${versionId}`),
  pastEvents: (id: string, of: PastEventsOf) =>
    queryOptions({
      ...read(["flow", id, "past-events", of], pastEventsSchema, withQuery(`/api/flows/${id}/past-events`, { of })),
      staleTime: 30_000,
    }),
  /** Asked anew with every pause in typing: what was asked before is not kept long. */
  preview: (id: string, body: PreviewStep) =>
    queryOptions({
      queryKey: ["preview", id, body],
      queryFn: async ({ signal }) => ({
        asked: body,
        preview: await request(previewSchema, `/api/flows/${id}/preview`, { method: "POST", body, signal }),
      }),
      staleTime: 60_000,
      gcTime: 60_000,
    }),
  flowTests: (id: string) => read(["flowTests", id], flowTestListSchema, `/api/flows/${id}/tests`),
  check: (id: string, revision: number) =>
    queryOptions({
      queryKey: ["flow", id, "check", revision],
      queryFn: ({ signal }) => request(flowCheckSchema, `/api/flows/${id}/check`, { method: "POST", signal }),
    }),
  catalogue: () => queryOptions({ ...read(["catalogue"], catalogueSchema, "/api/catalogue"), staleTime: 5 * 60_000 }),
  run: (id: string) => read(["run", id], runDetailSchema, `/api/runs/${id}`),
  runs: (filter: Partial<RunAddress>, limit = 50) =>
    infiniteQueryOptions({
      queryKey: ["run", "list", filter, limit],
      queryFn: ({ pageParam, signal }) =>
        request(runListSchema, withQuery("/api/runs", { ...filter, limit, cursor: pageParam }), { signal }),
      initialPageParam: "",
      getNextPageParam: (last) => last.next,
    }),
  failureGroups: (flowId: string | undefined) =>
    read(["run", "list", "groups", flowId], failureGroupsSchema, withQuery("/api/runs/failure-groups", { flowId })),
  views: (page: View["page"]) => read(["views", page], viewListSchema, withQuery("/api/views", { page })),
  feedback: (filter: FeedbackFilter = {}) =>
    infiniteQueryOptions({
      queryKey: ["feedback", "list", filter],
      placeholderData: keepPreviousData,
      queryFn: ({ pageParam, signal }) =>
        request(feedbackListSchema, withQuery("/api/feedback", { ...filter, limit: 50, cursor: pageParam }), {
          signal,
        }),
      initialPageParam: "",
      getNextPageParam: (last) => last.next,
    }),
  /** Looked at again while copies are made or deleted. */
  wordSearch: () =>
    queryOptions({
      ...read(["wordSearch"], searchStateSchema, "/api/feedback/search"),
      refetchInterval: ({ state }) => (/building|clearing/.test(state.data?.state ?? "") ? 2_000 : false),
    }),
  approvals: (state: string | undefined) =>
    read(["approval", "list", state], approvalListSchema, withQuery("/api/approvals", { state, limit: 200 })),
  connectors: () =>
    queryOptions({ ...read(["connectors"], connectorListSchema, "/api/connectors"), staleTime: 300_000 }),
  connections: () => read(["connection", "list"], connectionListSchema, "/api/connections"),
  options: ({ connectionId, name, q, values }: Picker) =>
    queryOptions({
      queryKey: ["connection", connectionId, "options", name, q, values],
      queryFn: async ({ signal, client }) => {
        const path = withQuery(`/api/connections/${connectionId}/options/${name}`, { q, values });
        const options = await request(optionsSchema, path, { signal });
        keepNames(client, { connectionId, picker: name }, options.items);
        return options;
      },
      staleTime: 60_000,
      retry: false,
    }),
  sources: () => read(["source", "list"], sourceListSchema, "/api/sources"),
  source: (id: string) => read(["source", id], sourceSchema, `/api/sources/${id}`),
  quarantine: () => read(["source", "quarantine"], quarantineListSchema, "/api/quarantine?limit=200"),
  audit: (filter: AuditFilter) =>
    infiniteQueryOptions({
      queryKey: ["audit", "list", filter],
      queryFn: ({ pageParam, signal }) =>
        request(auditListSchema, withQuery("/api/audit", { ...filter, limit: 100, cursor: pageParam }), { signal }),
      initialPageParam: "",
      getNextPageParam: (last) => last.next,
    }),
  auditChain: () => read(["audit", "chain"], chainSchema, "/api/audit/chain"),
  /** Looked at again while one is under way. */
  erasures: () =>
    queryOptions({
      ...read(["erasure", "list"], erasureListSchema, "/api/privacy/erasures"),
      refetchInterval: ({ state }) =>
        state.data?.items.some(({ doneAt, held }) => doneAt === null && held === null) ? 2_000 : false,
    }),
  overseen: (filter: EntryFilter) =>
    read(["oversight", "entries", filter], entryListSchema, withQuery("/api/oversight/entries", { ...filter })),
  duplicates: () => read(["oversight", "duplicates"], duplicateListSchema, "/api/oversight/duplicates"),
  senders: () => read(["oversight", "senders"], senderListSchema, "/api/oversight/senders"),
  toolRequests: () =>
    infiniteQueryOptions({
      queryKey: ["oversight", "requests"],
      queryFn: ({ pageParam, signal }) =>
        request(requestListSchema, withQuery("/api/oversight/requests", { limit: 50, cursor: pageParam }), { signal }),
      initialPageParam: "",
      getNextPageParam: (last) => last.next,
    }),
  owners: () => read(["oversight", "owners"], ownerListSchema, "/api/oversight/owners"),
  retention: () => read(["retention"], retentionViewSchema, "/api/privacy/retention"),
  holds: () => read(["hold", "list"], holdListSchema, "/api/privacy/holds"),
  members: () => read(["member", "list"], memberListSchema, "/api/members"),
  teams: () => read(["team", "list"], teamListSchema, "/api/teams"),
  companyAccounts: () => queryOptions({ queryKey: ["companyAccount"], queryFn: ({ signal }) => allAccounts(signal) }),
  signInProvider: () => read(["signInProvider"], oidcSettingsSchema, "/api/sign-in-provider"),
  samlProvider: () => read(["samlProvider"], samlSettingsSchema, "/api/saml-provider"),
  signInWays: () => read(["signInWays"], signInWaysSchema, "/api/ways-to-sign-in"),
  account: () => read(["account"], accountSchema, "/api/account"),
  passkeys: () => read(["account", "passkeys"], passkeyListSchema, "/api/account/passkeys"),
  sessions: () => read(["session", "list"], sessionListSchema, "/api/account/sessions"),
  tokens: () => read(["tokens"], tokenListSchema, "/api/tokens"),
  settings: () => read(["settings"], settingsReplySchema, "/api/settings"),
};
