import type { QueryClient } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { liveEventSchema } from "../../server/live/live-api.js";
import type { LiveEvent } from "../../server/live/live-api.js";

/** Feedback arrives at sources and starts runs, so their counts move with it. */
const renewedBy: Readonly<Record<LiveEvent["topic"], readonly string[]>> = {
  run: ["run", "approval", "feedback"],
  flow: ["flow"],
  approval: ["approval", "run"],
  connection: ["connection"],
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
    void client.invalidateQueries({
      predicate: ({ queryKey: [kind, which] }) =>
        kind === key && (named.length === 0 || which === "list" || named.includes(String(which))),
    });
  }
  // The counts on a flow's row are its runs'.
  if (topic === "run") void client.invalidateQueries({ queryKey: ["flow", "list"] });
}

/** EventSource reconnects by itself; what was missed meanwhile is read again when it is back. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    const events = new EventSource("/api/live");
    let wasDown = false;
    events.onerror = () => (wasDown = true);
    events.onopen = () => {
      if (wasDown) void client.invalidateQueries();
      wasDown = false;
    };
    events.onmessage = ({ data }: MessageEvent<string>) => {
      const event = readLiveEvent(data);
      if (event) renew(client, event);
    };
    return () => {
      events.close();
    };
  }, [client]);
}
