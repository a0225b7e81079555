import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { startListener, type Listener } from "../db/listener.js";
import type { Actor } from "../http/route.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { aToken, startTestApp, type TestApp } from "../testing/http.js";
import { silentLog } from "../testing/silent-log.js";
import type { Scope } from "../http/route.js";
import { LIVE_CHANNEL } from "./live-channel.js";
import { createLiveNotifier } from "./live-notifier.js";
import { createLiveStreams, type LiveStreams } from "./live-streams.js";

const here = "0192f000-0000-7000-8000-00000000000a";
const elsewhere = "0192f000-0000-7000-8000-00000000000b";
let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

let app: TestApp;
let streams: LiveStreams;
let listener: Listener;
let isSignedIn = true;
/** What everybody was narrowed to since their stream began. */
let teamOf: Scope | null = null;
let gaps = 0;
beforeEach(async () => {
  isSignedIn = true;
  teamOf = null;
  gaps = 0;
  const authenticate = (request: { get(name: string): string | undefined }) => {
    const actor = JSON.parse(request.get("x-test-actor") ?? "null") as Actor | null;
    return Promise.resolve(isSignedIn ? actor : null);
  };
  const look: typeof authenticate = async (request) => {
    const actor = await authenticate(request);
    return actor && teamOf ? { ...actor, scope: teamOf } : actor;
  };
  streams = createLiveStreams({ look, heartbeatMs: 50 });
  app = await startTestApp({ routes: [streams.route], authenticate });
  const onGap = () => {
    gaps += 1;
    streams.endAll();
  };
  listener = startListener({ url: test.url, log: silentLog, channels: { [LIVE_CHANNEL]: streams.hear }, onGap });
  await listener.ready;
  return async () => {
    await listener.stop();
    streams.endAll();
    await app.close();
  };
});

/** An open stream whose text can be waited for. */
async function read(workspaceId: string, scope?: Scope, account = {}) {
  const response = await fetch(`${app.url}/api/live`, {
    headers: { "x-test-actor": JSON.stringify({ ...aToken(workspaceId), scope, ...account }) },
  });
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  const decoder = new TextDecoder();
  let text = "";
  let ended = false;
  const more = async (): Promise<void> => {
    const { value, done } = await reader.read();
    text += decoder.decode(value, { stream: true });
    ended ||= done;
  };
  return {
    response,
    events: () => [...text.matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(data ?? "") as unknown),
    until: async (isThere: (text: string) => boolean) => {
      while (!isThere(text) && !ended) await more();
    },
    end: async () => {
      while (!ended) await more();
    },
  };
}

function notifier() {
  const made = createLiveNotifier({ db: test.db, log: silentLog });
  onTestFinished(() => made.close());
  return made;
}

describe("a live stream", () => {
  it("tells a page what changed in its own workspace, and nothing of another's", async () => {
    const [ours, theirs] = [await read(here), await read(elsewhere)];
    expect(ours.response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    const live = notifier();
    live.changed(elsewhere, "flow", ["theirs"]);
    live.changed(here, "run", ["ours"]);
    await Promise.all([ours.until((text) => text.includes("ours")), theirs.until((text) => text.includes("theirs"))]);
    expect(ours.events()).toEqual([{ topic: "run", ids: ["ours"] }]);
    expect(theirs.events()).toEqual([{ topic: "flow", ids: ["theirs"] }]);
  });

  it("tells who sees only a part of it that something changed, and not what", async () => {
    const narrow = await read(here, {
      reach: [{ things: { flow: ["mine"], source: null, connection: null }, rows: [] }],
    });
    notifier().changed(here, "run", ["ours"]);
    await narrow.until((text) => text.includes("topic"));
    expect(narrow.events()).toEqual([{ topic: "run", ids: [] }]);
  });

  it("stays open with heartbeats, and ends when its reader is put out", async () => {
    const stream = await read(here);
    await stream.until((text) => text.includes(": still here"));
    isSignedIn = false;
    await stream.end();
  });

  it("ends when its reader is put into a team, so that the next one says less", async () => {
    const stream = await read(here);
    await stream.until((text) => text.includes(": still here"));
    teamOf = { permissions: [] };
    await stream.end();
  });

  it("is one of at most twenty of an account; one that ends makes room", async () => {
    const opened = await Promise.all(Array.from({ length: 20 }, () => read(here)));
    expect(new Set(opened.map(({ response }) => response.status))).toEqual(new Set([200]));
    const [more, other] = [await read(here), await read(here, undefined, { id: "another" })];
    expect([more.response.status, other.response.status]).toEqual([429, 200]);
    await more.end();
    streams.endAll();
    await Promise.all(opened.map((stream) => stream.end()));
    expect((await read(here)).response.status).toBe(200);
  });

  it("is closed after the listening connection broke, so that the page reads everything again", async () => {
    const stream = await read(here);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'loopwright-listen' and datname = current_database()`.execute(test.db);
    await stream.end();
    expect(gaps).toBe(1);
    const again = await read(here);
    notifier().changed(here, "run", ["later"]);
    await again.until((text) => text.includes("later"));
  });

  it("is for nobody without credentials", async () => {
    expect((await app.anonymous("GET", "/api/live")).status).toBe(401);
  });
});

describe("telling", () => {
  it("sends the first at once and gathers what follows", async () => {
    const stream = await read(here);
    const live = notifier();
    live.changed(here, "run", ["first"]);
    for (let n = 0; n < 50; n++) live.changed(here, "run", [`run ${n % 10}`]);
    await stream.until((text) => text.includes("run 9"));
    expect(stream.events()).toHaveLength(2);
    expect(stream.events()[1]).toMatchObject({ topic: "run", ids: Array.from({ length: 10 }, (_, n) => `run ${n}`) });
  });

  it("says what is left when it is closed", async () => {
    const stream = await read(here);
    const live = createLiveNotifier({ db: test.db, log: silentLog });
    live.changed(here, "run", ["first"]);
    live.changed(here, "run", ["last"]);
    await live.close();
    await stream.until((text) => text.includes("last"));
    expect(stream.events()).toHaveLength(2);
  });
});
