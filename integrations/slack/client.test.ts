import { describe, expect, it } from "vitest";
import { z } from "zod";
import { httpLoopback } from "../testing/loopback.js";
import { assertTransport } from "./assert-transport.js";
import { slackApi } from "./client.js";
import { callTo, connectionTo, fakeSlack } from "./testing/fake-slack.js";

const ok = z.object({ ok: z.literal(true) });

describe("the Slack client", () => {
  it("sends forms with JSON inside, and the token as a header", async () => {
    const slack = await fakeSlack({ "chat.postMessage": { ok: true } });
    await slackApi(callTo(slack)).write("chat.postMessage", { channel: "C1", blocks: [{ type: "divider" }] }, ok);
    expect(slack.asked).toEqual([
      {
        method: "chat.postMessage",
        token: "Bearer xoxb-1",
        args: { channel: "C1", blocks: '[{"type":"divider"}]' },
      },
    ]);
  });

  it("keeps the tokens of two workspaces apart, whatever their calls interleave like", async () => {
    const slack = await fakeSlack({ "auth.test": { ok: true } });
    const tokens = ["xoxb-1", "xoxb-2"];
    const apis = tokens.map((botToken) => slackApi(callTo(slack, { connection: connectionTo(slack, { botToken }) })));
    for (let round = 0; round < 5; round++) await Promise.all(apis.map((api) => api.read("auth.test", {}, ok)));
    const seen = slack.asked.map(({ token }) => token);
    for (const token of tokens) expect(seen.filter((each) => each === `Bearer ${token}`)).toHaveLength(5);
  });

  it("spends one deadline over all requests of a call, and ends a body that stalls", async () => {
    const slack = await fakeSlack({
      "auth.test": { ok: true },
      "users.list": (_, response) => void response.writeHead(200, { "content-length": "99" }).write('{"ok":'),
    });
    // Long enough for the first answer on a machine that does much else.
    const api = slackApi(callTo(slack, { deadlineMs: 2_000 }));
    await api.read("auth.test", {}, ok);
    await expect(api.read("users.list", {}, ok)).rejects.toMatchObject({ outcome: "TRANSIENT", code: "timeout" });
    await expect(api.write("auth.test", {}, ok)).rejects.toMatchObject({ code: "timeout" });
  });

  it("stops when it is cancelled", async () => {
    const controller = new AbortController();
    const slack = await fakeSlack({
      "chat.postMessage": () => {
        controller.abort();
        return undefined;
      },
    });
    const api = slackApi(callTo(slack, { signal: controller.signal }));
    await expect(api.write("chat.postMessage", {}, ok)).rejects.toMatchObject({
      outcome: "AMBIGUOUS",
      code: "cancelled",
    });
    await expect(api.write("chat.postMessage", {}, ok)).rejects.toMatchObject({
      outcome: "TRANSIENT",
      code: "cancelled",
    });
    expect(slack.asked).toHaveLength(1);
  });

  it("asks aboutToSend before each write and no read, and lets its error through untouched", async () => {
    const slack = await fakeSlack({ "auth.test": { ok: true }, "chat.postMessage": { ok: true } });
    let asked = 0;
    const counting = slackApi(callTo(slack, { aboutToSend: () => void (asked += 1) }));
    await counting.read("auth.test", {}, ok);
    await counting.write("chat.postMessage", {}, ok);
    expect(asked).toBe(1);
    const tooOld = new Error("the claim is too old");
    const refusing = slackApi(
      callTo(slack, {
        aboutToSend: () => {
          throw tooOld;
        },
      }),
    );
    await expect(refusing.write("chat.postMessage", {}, ok)).rejects.toBe(tooOld);
    expect(slack.methods()).toEqual(["auth.test", "chat.postMessage"]);
  });

  it("takes the token nowhere else: no redirect is followed, and no method name becomes an address", async () => {
    const other = await httpLoopback((_, response) => void response.end("{}"));
    const slack = await fakeSlack({
      "auth.test": (_, response) => void response.writeHead(302, { location: other.url }).end(),
    });
    const api = slackApi(callTo(slack));
    await expect(api.read("auth.test", {}, ok)).rejects.toMatchObject({ code: "http_302" });
    await expect(api.read(`${other.url}/steal`, {}, ok)).rejects.toMatchObject({ code: "unknown_method" });
    expect(other.received).toEqual([]);
    await other.close();
  });
});

describe("assertTransport", () => {
  it("finds the installed client under control", async () => {
    await expect(assertTransport()).resolves.toBeUndefined();
  });
});
