import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import type { ApprovalView } from "../../server/approvals/approval-api.js";
import type { ConnectionView } from "../../server/connections/connection-api.js";
import type { RunSummary } from "../../server/runs/run-api.js";
import type { quarantineSchema } from "../../server/ingest/quarantine-api.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";

type Held = z.infer<typeof quarantineSchema>;

export type AttentionItem =
  | {
      readonly kind: "connection";
      readonly id: string;
      readonly at: string | null;
      readonly connection: ConnectionView;
    }
  | { readonly kind: "run"; readonly id: string; readonly at: string; readonly run: RunSummary }
  | { readonly kind: "held"; readonly id: string; readonly at: string; readonly held: Held; readonly count: number }
  | { readonly kind: "approval"; readonly id: string; readonly at: string; readonly approval: ApprovalView };

export interface Lists {
  readonly runs: readonly RunSummary[];
  readonly connections: readonly ConnectionView[];
  readonly held: readonly Held[];
  readonly approvals: readonly ApprovalView[];
}

/** One line a source: mending its mapping helps every event that it holds. */
function heldBySource(held: readonly Held[]): AttentionItem[] {
  const open = held
    .filter(({ state }) => state === "held")
    .toSorted((a, b) => a.receivedAt.localeCompare(b.receivedAt));
  const ids = [...new Set(open.map(({ sourceId }) => sourceId))];
  return ids.flatMap((id) => {
    const [first, ...rest] = open.filter(({ sourceId }) => sourceId === id);
    return first ? [{ kind: "held" as const, id, at: first.receivedAt, held: first, count: rest.length + 1 }] : [];
  });
}

/**
 * Ranked by how much stands still behind it: a broken connection holds up every run that needs it, then what is stuck, then what
 * was never read, then what somebody paused, then who is only waiting for an answer; within each, the oldest first.
 */
export function rankAttention({ runs, connections, held, approvals }: Lists): readonly AttentionItem[] {
  const connectionsIn = (wanted: ConnectionView["state"]): AttentionItem[] =>
    connections
      .filter(({ state }) => state === wanted)
      .map((connection) => ({ kind: "connection", id: connection.id, at: connection.checkedAt, connection }));
  const oldestFirst = (a: AttentionItem, b: AttentionItem) => (a.at ?? "").localeCompare(b.at ?? "");
  const groups: AttentionItem[][] = [
    connectionsIn("broken"),
    runs.map((run) => ({ kind: "run", id: run.id, at: run.startedAt, run })),
    heldBySource(held),
    connectionsIn("paused"),
    approvals
      .filter(({ state }) => state === "pending")
      .map((approval) => ({ kind: "approval", id: approval.id, at: approval.askedAt, approval })),
  ];
  return groups.flatMap((group) => group.toSorted(oldestFirst));
}

export type AttentionCounts = Readonly<Partial<Record<string, number>>>;

export function useAttention() {
  const runs = useInfiniteQuery(queries.runs({ state: "stuck" }));
  const may = useMay();
  const connections = useQuery({ ...queries.connections(), enabled: may("connections:read") });
  const held = useQuery({ ...queries.quarantine(), enabled: may("sources:read") });
  const approvals = useQuery(queries.approvals("pending"));
  const parts = [runs, connections, held, approvals];
  const itemsOf = <Item>(query: { readonly data: { readonly items: readonly Item[] } | undefined }) =>
    query.data?.items ?? [];
  const items = rankAttention({
    runs: runs.data?.pages.flatMap((page) => page.items) ?? [],
    connections: itemsOf(connections),
    held: itemsOf(held),
    approvals: itemsOf(approvals),
  });
  const count = (kind: AttentionItem["kind"]) => items.filter((item) => item.kind === kind).length;
  const counts: AttentionCounts = {
    runs: count("run"),
    connections: count("connection"),
    sources: count("held"),
    approvals: count("approval"),
  };
  return {
    items,
    counts,
    /** More stuck runs than one page holds. */
    more: runs.hasNextPage,
    isLoading: parts.some((part) => part.isLoading),
    error: parts.find((part) => part.error)?.error ?? null,
    retry: () => void Promise.all(parts.map((part) => part.refetch())),
  };
}
