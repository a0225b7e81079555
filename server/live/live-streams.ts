import type { Request, Response } from "express";
import { DomainError } from "../errors.js";
import type { Authenticate } from "../http/mount-routes.js";
import { isNarrow } from "../members/authorize.js";
import { defineRoute, type Route } from "../http/route.js";
import { fromPayload } from "./live-channel.js";

export interface LiveStreams {
  readonly route: Route;
  /** What the listener hears on `LIVE_CHANNEL`. */
  readonly hear: (payload: string) => void;
  /** Ends every stream; browsers come back within a second and read everything again. */
  readonly endAll: () => void;
}

export interface LiveStreamsDependencies {
  /** Who asks, by now; asking keeps no session alive, or an open page would never be signed out. */
  readonly look: Authenticate;
  readonly heartbeatMs?: number;
}

/** Shorter than what proxies and firewalls take for a dead connection. */
const HEARTBEAT_MS = 20_000;
/** A reader that falls so far behind is dropped: it comes back and reads everything again. */
const MOST_UNSENT_BYTES = 1_048_576;
/** Of one account: many more than anybody has pages open. */
const MOST_STREAMS = 20;

interface Stream {
  /** Of the member or token that reads. */
  readonly accountId: string;
  readonly workspaceId: string;
  /** Who does not see all of it is told that something changed, and not what. */
  readonly isNarrow: boolean;
  readonly response: Response;
}

/** Server-sent events at /api/live: each page hears of its own workspace, for as long as its session or token lives. */
export function createLiveStreams({ look, heartbeatMs = HEARTBEAT_MS }: LiveStreamsDependencies): LiveStreams {
  const streams = new Set<Stream>();

  function open(stream: Stream, request: Request): void {
    const { response } = stream;
    response.status(200).set({ "content-type": "text/event-stream", "x-accel-buffering": "no" });
    response.flushHeaders();
    response.write("retry: 1000\n\n");
    streams.add(stream);
    const heartbeat = setInterval(() => void beat(stream, request), heartbeatMs);
    response.on("close", () => {
      clearInterval(heartbeat);
      streams.delete(stream);
    });
  }

  /** Also the moment to see whether the reader may still read, and as much. A database that is away is no reason to hang up. */
  async function beat({ response, isNarrow: wasNarrow }: Stream, request: Request): Promise<void> {
    const mayStay = await look(request).then(
      (actor) => actor !== null && isNarrow(actor) === wasNarrow,
      () => true,
    );
    if (mayStay) response.write(": still here\n\n");
    else response.end();
  }

  return {
    route: defineRoute({
      method: "get",
      path: "/api/live",
      access: "member",
      summary: "What changes, as server-sent events; ids only",
      reply: "stream",
      handle: ({ actor, request, response }) => {
        refuseMore(streams, actor.id);
        const { id: accountId, workspaceId } = actor;
        open({ accountId, workspaceId, isNarrow: isNarrow(actor), response }, request);
      },
    }),
    hear(payload) {
      const told = fromPayload(payload);
      if (!told) return;
      const [whole, topic] = [told.event, { ...told.event, ids: [] }].map(lineOf);
      for (const { workspaceId, isNarrow, response } of streams) {
        if (workspaceId !== told.workspaceId) continue;
        if (response.writableLength > MOST_UNSENT_BYTES) response.destroy();
        else response.write(isNarrow ? topic : whole);
      }
    },
    endAll() {
      for (const { response } of streams) response.end();
    },
  };
}

const lineOf = (event: object): string => `data: ${JSON.stringify(event)}\n\n`;

function refuseMore(streams: ReadonlySet<Stream>, accountId: string): void {
  if ([...streams].filter((stream) => stream.accountId === accountId).length < MOST_STREAMS) return;
  throw new DomainError({
    ...{ status: 429, code: "too_many_streams" },
    message: `This account has ${MOST_STREAMS} pages open that wait for news. Close some of them, and load this one again.`,
  });
}
