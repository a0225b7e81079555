import type { Query, QueryClient } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { liveEventSchema } from "../../server/live/live-api.js";
import type { LiveEvent } from "../../server/live/live-api.js";

/** Feedback arrives at sources and starts runs, so their counts move with it; runs wait for connections. */
const renewedBy: Readonly<Record<LiveEvent["topic"], readonly string[]>> = {
  run: ["run", "approval", "feedback"],
  flow: ["flow"],
  draft: ["presence"],
  approval: ["approval", "run"],
  connection: ["connection", "run"],
  feedback: ["feedback", "source", "run"],
};

export function readLiveEvent(data: string): LiveEvent | null {
  try {
    return liveEventSchema.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}

/** Lists of what changed are read again; so is each thing named, but no other one of its kind. */
export function renew(client: QueryClient, { topic, ids }: LiveEvent): void {
  for (const [place, key] of renewedBy[topic].entries()) {
    const named = place === 0 ? ids : [];
    readAgain(
      client,
      ({ queryKey: [kind, which] }) =>
        kind === key && (named.length === 0 || which === "list" || named.includes(String(which))),
    );
  }
  // The counts on a flow's row are its runs'.
  if (topic === "run") readAgain(client, ({ queryKey: [kind, which] }) => kind === "flow" && which === "list");
}

/** A first load under way is not started over by this, and may bring what was true before: such a one is read again after it. */
function readAgain(client: QueryClient, predicate: (query: Query) => boolean): void {
  const loading = client
    .getQueryCache()
    .findAll({ predicate, fetchStatus: "fetching" })
    .filter((query) => query.state.data === undefined || !query.isActive());
  void client.invalidateQueries({ predicate });
  for (const query of loading) {
    const after = (): void => void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    query.promise?.then(after, after);
  }
}

/**
 * EventSource reconnects by itself. Whatever was read before it stood, at first or after a gap, may have changed unheard, so it is
 * read again.
 */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    const events = new EventSource("/api/live");
    events.onopen = () => readAgain(client, () => true);
    events.onmessage = ({ data }: MessageEvent<string>) => {
      const event = readLiveEvent(data);
      if (event) renew(client, event);
    };
    return () => {
      events.close();
    };
  }, [client]);
}
