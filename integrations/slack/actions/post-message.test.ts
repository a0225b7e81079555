import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectionTo, callTo, fakeSlack, KEY, lookUpIn } from "../testing/fake-slack.js";
import { postMessage } from "./post-message.js";

const posted = { ok: true, channel: "C1", ts: "1700000000.000100" };
const input = { channel: "C1", text: "Hello" };
const mark = { event_type: "loopwright_effect", event_payload: { k: KEY } };
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

async function argumentsOf(given: object): Promise<Record<string, string>> {
  const slack = await fakeSlack({ "chat.postMessage": posted });
  await postMessage.send(given, callTo(slack));
  return { ...slack.asked[0]?.args };
}

describe("posting", () => {
  it("marks the message with the effect's key, twice in the same way", async () => {
    const [first, second] = [await argumentsOf(input), await argumentsOf(input)];
    expect(first).toEqual(second);
    expect(first).toMatchObject({ channel: "C1", text: "Hello", metadata: JSON.stringify(mark) });
    expect(first["client_msg_id"]).toMatch(UUID_V4);
  });

  it("answers with the message's id, and its address once a check has told the workspace's", async () => {
    const slack = await fakeSlack({ "chat.postMessage": posted });
    const output = { ts: posted.ts, channel: "C1" };
    expect(await postMessage.send(input, callTo(slack))).toEqual({ externalId: `C1/${posted.ts}`, url: null, output });
    const connection = connectionTo(slack, { facts: { workspaceUrl: "https://acme.slack.com/" } });
    const sent = await postMessage.send({ ...input, threadTs: "1699999999.000001" }, callTo(slack, { connection }));
    expect(sent.url).toBe("https://acme.slack.com/archives/C1/p1700000000000100?thread_ts=1699999999.000001&cid=C1");
    expect(slack.asked[1]?.args["thread_ts"]).toBe("1699999999.000001");
  });

  it("opens the conversation first for a direct message", async () => {
    const slack = await fakeSlack({
      "conversations.open": { ok: true, channel: { id: "D7" } },
      "chat.postMessage": { ...posted, channel: "D7" },
    });
    const sent = await postMessage.send({ ...input, channel: "U123" }, callTo(slack));
    expect(sent.externalId).toBe(`D7/${posted.ts}`);
    expect(slack.asked.map(({ args }) => args["channel"] ?? args["users"])).toEqual(["U123", "D7"]);
  });

  it.each([
    ["an empty text", { ...input, text: " \n " }, "no_text"],
    ["4,001 characters", { ...input, text: "x".repeat(4_001) }, "msg_too_long"],
    ["a thread that is no message id", { ...input, threadTs: "yesterday" }, "invalid_thread_ts"],
  ])("%s is refused before anything is sent", async (_, given, code) => {
    const slack = await fakeSlack({ "chat.postMessage": posted });
    await expect(postMessage.send(given, callTo(slack))).rejects.toMatchObject({ outcome: "REJECTED", code });
    expect(slack.asked).toEqual([]);
  });

  it("4,000 characters are taken, though escaping makes them more", async () => {
    expect((await argumentsOf({ ...input, text: "&".repeat(4_000) }))["text"]).toHaveLength(20_000);
  });

  it("an answer without a message id leaves the write in doubt", async () => {
    const slack = await fakeSlack({ "chat.postMessage": { ok: true } });
    await expect(postMessage.send(input, callTo(slack))).rejects.toMatchObject({ outcome: "AMBIGUOUS" });
  });

  it("paces the channel", () => {
    expect(postMessage.scopes(input)).toEqual(["channel:C1"]);
  });
});

describe("words of others", () => {
  it.each([
    "<!channel>",
    "<!here|here>",
    "<@U123>",
    "<#C1>",
    "<!subteam^S1>",
    "<https://evil.example|our site>",
    "&lt;!channel&gt;",
  ])("%s stays text", async (text) => {
    const sent = (await argumentsOf({ ...input, text }))["text"] ?? "";
    expect(sent).not.toMatch(/[<>]/);
    expect(sent.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")).toBe(text);
  });

  it("never hold a control character of Slack's, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1 }).filter((text) => text.trim() !== ""),
        async (text) => {
          expect((await argumentsOf({ ...input, text: `${text}<!channel>` }))["text"]).not.toMatch(
            /[<>]|&(?!amp;|lt;|gt;)/,
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  it("are not searched for names and links to open", async () => {
    expect(await argumentsOf({ ...input, text: "@here see http://evil.example" })).toMatchObject({
      parse: "none",
      link_names: "false",
      unfurl_links: "false",
      unfurl_media: "false",
    });
  });

  it("mention somebody only where the author named them", async () => {
    expect((await argumentsOf({ ...input, mention: "U42" }))["text"]).toBe("<@U42> Hello");
    expect(postMessage.input.safeParse({ ...input, mention: "!channel" }).success).toBe(false);
  });
});

describe("a channel that the app is not in", () => {
  const outside = { ok: false, error: "not_in_channel" };

  it("is joined once, then posted to", async () => {
    const slack = await fakeSlack({ "chat.postMessage": [outside, posted], "conversations.join": { ok: true } });
    expect(await postMessage.send(input, callTo(slack))).toMatchObject({ externalId: `C1/${posted.ts}` });
    expect(slack.methods()).toEqual(["chat.postMessage", "conversations.join", "chat.postMessage"]);
  });

  it("is not joined twice", async () => {
    const slack = await fakeSlack({ "chat.postMessage": outside, "conversations.join": { ok: true } });
    await expect(postMessage.send(input, callTo(slack))).rejects.toMatchObject({
      outcome: "REJECTED",
      code: "not_in_channel",
    });
    expect(slack.methods()).toEqual(["chat.postMessage", "conversations.join", "chat.postMessage"]);
  });

  it.each([
    ["method_not_supported_for_channel_type", "REJECTED", "not_in_channel"],
    ["missing_scope", "REJECTED", "not_in_channel"],
    ["invalid_auth", "AUTH", "invalid_auth"],
    ["internal_error", "TRANSIENT", "internal_error"],
    ["ratelimited", "TRANSIENT", "ratelimited"],
  ])("whose joining fails with %s is %s %s: the message was not posted", async (error, outcome, code) => {
    const slack = await fakeSlack({ "chat.postMessage": outside, "conversations.join": { ok: false, error } });
    await expect(postMessage.send(input, callTo(slack))).rejects.toMatchObject({ outcome, code });
    expect(slack.methods()).toEqual(["chat.postMessage", "conversations.join"]);
  });

  it("is posted to when somebody else joined meanwhile", async () => {
    const slack = await fakeSlack({
      "chat.postMessage": [outside, posted],
      "conversations.join": { ok: false, error: "already_in_channel" },
    });
    expect(await postMessage.send(input, callTo(slack))).toMatchObject({ externalId: `C1/${posted.ts}` });
  });
});

describe("looking a message up", () => {
  const message = (ts: string, key?: string) => ({
    ts,
    text: "…",
    ...(key && { metadata: { event_type: "loopwright_effect", event_payload: { k: key } } }),
  });
  const page = (messages: object[], cursor = "") => ({
    ok: true,
    messages,
    has_more: cursor !== "",
    response_metadata: { next_cursor: cursor },
  });
  const find = postMessage.find!;

  it("finds it by its key on a later page", async () => {
    const slack = await fakeSlack({
      "conversations.history": [
        page([message("3.000001", "lw_other"), message("2.000001")], "next"),
        page([message("1.000001", KEY)]),
      ],
    });
    expect(await find(input, lookUpIn(slack))).toMatchObject({ kind: "found", sent: { externalId: "C1/1.000001" } });
    expect(slack.asked.map(({ args }) => args["cursor"])).toEqual([undefined, "next"]);
  });

  it("asks for metadata, from the moment given", async () => {
    const slack = await fakeSlack({ "conversations.history": page([]) });
    await find(input, lookUpIn(slack, { since: new Date(1_700_000_000_250) }));
    expect(slack.asked[0]?.args).toMatchObject({
      channel: "C1",
      oldest: "1700000000.250000",
      include_all_metadata: "true",
      limit: "200",
    });
  });

  it("looks into the thread for a reply", async () => {
    const slack = await fakeSlack({ "conversations.replies": page([message("1.000001"), message("2.000001", KEY)]) });
    const found = await find({ ...input, threadTs: "1.000001" }, lookUpIn(slack));
    expect(found).toMatchObject({ kind: "found", sent: { externalId: "C1/2.000001" } });
    expect(slack.asked[0]?.args["ts"]).toBe("1.000001");
  });

  it("opens the conversation for a direct message", async () => {
    const slack = await fakeSlack({
      "conversations.open": { ok: true, channel: { id: "D7" } },
      "conversations.history": page([message("2.000001", KEY)]),
    });
    expect(await find({ ...input, channel: "U1" }, lookUpIn(slack))).toMatchObject({
      sent: { externalId: "D7/2.000001" },
    });
  });

  it("an empty history long after the send is a proof", async () => {
    const slack = await fakeSlack({
      "conversations.history": page([message("2.000001"), message("1.000001", "lw_other")]),
    });
    expect(await find(input, lookUpIn(slack))).toEqual({ kind: "absent" });
  });

  it("an empty history right after the send is none: the message may still land", async () => {
    const slack = await fakeSlack({ "conversations.history": page([]) });
    const now = new Date("2031-05-04T12:00:00Z");
    const lastSentAt = new Date("2031-05-04T11:59:58Z");
    const found = await find(input, lookUpIn(slack, { lastSentAt, now, deadlineMs: 5_000 }));
    // Five seconds of deadline and ten of landing, less the two that passed.
    expect(found).toMatchObject({ kind: "inconclusive", retryAfterMs: 13_000 });
  });

  it("judges a second doubt by the second send, however long ago the first was", async () => {
    const slack = await fakeSlack({ "conversations.history": page([]) });
    const since = new Date("2031-05-01T00:00:00Z");
    const lastSentAt = new Date("2031-05-04T11:00:00Z");
    const at = (now: string) =>
      find(input, lookUpIn(slack, { since, lastSentAt, now: new Date(now), deadlineMs: 5_000 }));
    expect(await at("2031-05-04T11:00:14.999Z")).toMatchObject({ kind: "inconclusive", retryAfterMs: 1 });
    expect(await at("2031-05-04T11:00:15Z")).toEqual({ kind: "absent" });
  });

  it.each(["missing_scope", "not_in_channel", "channel_not_found", "internal_error"])(
    "that fails with %s proves nothing",
    async (error) => {
      const slack = await fakeSlack({ "conversations.history": { ok: false, error } });
      expect(await find(input, lookUpIn(slack))).toMatchObject({ kind: "inconclusive", reason: /cannot be read/ });
    },
  );

  it("that is rate-limited says when to look again", async () => {
    const slack = await fakeSlack({
      "conversations.history": (_, response) => void response.writeHead(429, { "retry-after": "60" }).end("{}"),
    });
    expect(await find(input, lookUpIn(slack))).toMatchObject({ kind: "inconclusive", retryAfterMs: 60_000 });
  });

  it("with a dead token stops the connection", async () => {
    const slack = await fakeSlack({ "conversations.history": { ok: false, error: "token_revoked" } });
    await expect(find(input, lookUpIn(slack))).rejects.toMatchObject({ outcome: "AUTH" });
  });

  it("over a history that breaks off proves nothing", async () => {
    const slack = await fakeSlack({ "conversations.history": { ...page([]), has_more: true } });
    expect(await find(input, lookUpIn(slack))).toMatchObject({ kind: "inconclusive" });
  });

  it("is not fooled by another app's metadata", async () => {
    const foreign = { ts: "1.000001", metadata: { event_type: "other", event_payload: { k: KEY } } };
    const odd = { ts: "2.000001", metadata: "?" };
    const slack = await fakeSlack({ "conversations.history": page([foreign, odd]) });
    expect(await find(input, lookUpIn(slack))).toEqual({ kind: "absent" });
  });
});
