import { describe, expect, test } from "vitest";
import { SLACK_ACCOUNT } from "../sandbox-accounts.js";
import { startTestSandbox } from "../testing/sandbox-under-test.js";
import { approvalBlocks, connect, CX, refusal } from "./testing/clients.js";

const effect = (k: string) => ({ metadata: { event_type: "loopwright_effect", event_payload: { k } } });

describe("Slack's Web API, driven by the real client", () => {
  test("auth.test names the team and the bot", async () => {
    const { web } = connect(await startTestSandbox());
    expect(await web.auth.test()).toMatchObject({ team_id: SLACK_ACCOUNT.teamId, bot_id: SLACK_ACCOUNT.botId });
  });

  test("a posted message is in the history, with its metadata only when asked for", async () => {
    const { web } = connect(await startTestSandbox());
    const posted = await web.chat.postMessage({
      channel: CX,
      text: "hello",
      blocks: approvalBlocks,
      ...effect("lw_one00000"),
    });
    const plain = await web.conversations.history({ channel: CX });
    const full = await web.conversations.history({ channel: CX, include_all_metadata: true, oldest: "1" });
    expect(posted.ts).toMatch(/^\d{10}\.\d{6}$/);
    expect(plain.messages?.[0]).toMatchObject({ ts: posted.ts, text: "hello" });
    expect(plain.messages?.[0]?.metadata).toBeUndefined();
    expect(full.messages?.[0]?.metadata?.event_payload).toEqual({ k: "lw_one00000" });
  });

  test("time stamps strictly increase, also within one millisecond", async () => {
    const { web } = connect(await startTestSandbox());
    const posts = await Promise.all(Array.from({ length: 20 }, () => web.chat.postMessage({ channel: CX, text: "x" })));
    const stamps = posts.map((post) => post.ts ?? "");
    expect(new Set(stamps).size).toBe(20);
    const { messages = [] } = await web.conversations.history({ channel: CX });
    const listed = messages.map((message) => message.ts ?? "");
    expect(listed).toEqual([...listed].sort().reverse());
  });

  test("a history comes in pages", async () => {
    const { web } = connect(await startTestSandbox());
    for (const text of ["1", "2", "3", "4", "5"]) await web.chat.postMessage({ channel: CX, text });
    const texts: unknown[] = [];
    for await (const page of web.paginate("conversations.history", { channel: CX, limit: 2 })) {
      const { messages } = page as { messages?: { text?: string }[] };
      texts.push(messages?.map((message) => message.text));
    }
    expect(texts).toEqual([["5", "4"], ["3", "2"], ["1"]]);
  });

  test("replies stay in their thread", async () => {
    const { web } = connect(await startTestSandbox());
    const { ts = "" } = await web.chat.postMessage({ channel: CX, text: "parent" });
    await web.chat.postMessage({ channel: CX, text: "child", thread_ts: ts, ...effect("lw_child000") });
    const thread = await web.conversations.replies({ channel: CX, ts, include_all_metadata: true });
    const history = await web.conversations.history({ channel: CX });
    expect(thread.messages?.map((message) => message.text)).toEqual(["parent", "child"]);
    expect(history.messages).toHaveLength(1);
    expect(history.messages?.[0]).toMatchObject({ reply_count: 1, thread_ts: ts });
    expect(await refusal(web.conversations.replies({ channel: CX, ts: "1.000001" }))).toBe("thread_not_found");
  });

  test("an update changes text and blocks in place, a deletion removes the message", async () => {
    const { web } = connect(await startTestSandbox());
    const { ts = "" } = await web.chat.postMessage({ channel: CX, text: "ask", blocks: approvalBlocks });
    const updated = await web.chat.update({ channel: CX, ts, text: "approved", blocks: [] });
    const link = await web.chat.getPermalink({ channel: CX, message_ts: ts });
    const { messages } = await web.conversations.history({ channel: CX });
    expect(updated).toMatchObject({ ts, text: "approved" });
    expect(link.permalink).toContain(`/archives/${CX}/p${ts.replace(".", "")}`);
    expect(messages?.[0]).toMatchObject({ text: "approved", edited: { user: SLACK_ACCOUNT.botUserId } });
    await web.chat.delete({ channel: CX, ts });
    expect(await refusal(web.chat.update({ channel: CX, ts, text: "late" }))).toBe("message_not_found");
  });

  test("a text over 40,000 characters is cut in a post and refused in an update", async () => {
    const { web } = connect(await startTestSandbox());
    const long = "x".repeat(40_001);
    const posted = await web.chat.postMessage({ channel: CX, text: long });
    expect(posted.message?.text).toHaveLength(40_000);
    expect(await refusal(web.chat.update({ channel: CX, ts: posted.ts ?? "", text: long }))).toBe("msg_too_long");
  });

  test("bad posts are refused by the names that Slack gives", async () => {
    const { web } = connect(await startTestSandbox());
    const many = Array.from({ length: 51 }, () => ({ type: "divider" }));
    const post = (options: object) => refusal(web.apiCall("chat.postMessage", { channel: CX, text: "x", ...options }));
    expect(await post({ text: "" })).toBe("no_text");
    expect(await post({ blocks: many })).toBe("invalid_blocks");
    expect(await post({ blocks: [{ type: "section" }] })).toBe("invalid_blocks");
    expect(await post({ blocks: "{" })).toBe("invalid_blocks_format");
    expect(await post({ channel: "C0NOWHERE1" })).toBe("channel_not_found");
    expect(await post({ channel: "#general" })).toBe("not_in_channel");
    expect(await post({ thread_ts: "1.000001" })).toBe("thread_not_found");
    expect(await post({ metadata: { event_type: "x", event_payload: { big: "x".repeat(20_000) } } })).toBe(
      "metadata_too_large",
    );
  });

  test("the app joins a public channel and may then post there", async () => {
    const { web } = connect(await startTestSandbox());
    const { channels = [] } = await web.conversations.list({ limit: 200 });
    const general = channels.find((channel) => channel.name === "general")?.id ?? "";
    await web.conversations.join({ channel: general });
    expect((await web.conversations.join({ channel: general })).warning).toBe("already_in_channel");
    expect((await web.chat.postMessage({ channel: general, text: "hi" })).ok).toBe(true);
    expect((await web.conversations.info({ channel: general, include_num_members: true })).channel).toMatchObject({
      is_member: true,
      num_members: 5,
    });
    expect((await web.conversations.members({ channel: general })).members).toContain(SLACK_ACCOUNT.botUserId);
  });

  test("people are found by e-mail and written to directly", async () => {
    const { web } = connect(await startTestSandbox());
    const { user } = await web.users.lookupByEmail({ email: "maya.lindqvist@northwind.example" });
    const { channel } = await web.conversations.open({ users: user?.id ?? "" });
    const posted = await web.chat.postMessage({ channel: user?.id ?? "", text: "for you" });
    expect(posted.channel).toBe(channel?.id);
    expect((await web.users.info({ user: user?.id ?? "" })).user).toMatchObject({ real_name: "Maya Lindqvist" });
    expect((await web.users.list({})).members).toHaveLength(5);
    expect((await web.team.info()).team?.id).toBe(SLACK_ACCOUNT.teamId);
    expect(await refusal(web.users.lookupByEmail({ email: "nobody@northwind.example" }))).toBe("users_not_found");
  });

  test("a reaction counts once for each user", async () => {
    const { web } = connect(await startTestSandbox());
    const { ts = "" } = await web.chat.postMessage({ channel: CX, text: "x" });
    await web.reactions.add({ channel: CX, timestamp: ts, name: "white_check_mark" });
    expect(await refusal(web.reactions.add({ channel: CX, timestamp: ts, name: "white_check_mark" }))).toBe(
      "already_reacted",
    );
    const { messages } = await web.conversations.history({ channel: CX });
    expect(messages?.[0]?.reactions?.[0]).toMatchObject({ name: "white_check_mark", count: 1 });
  });

  test("an ephemeral message stands in no history", async () => {
    const { web } = connect(await startTestSandbox());
    const sent = await web.chat.postEphemeral({ channel: CX, user: "U0MAYALIND", text: "only you" });
    expect(sent.message_ts).toBeDefined();
    expect((await web.conversations.history({ channel: CX })).messages).toEqual([]);
  });

  test("a file goes up in three steps", async () => {
    const sandbox = await startTestSandbox();
    const { web, called } = connect(sandbox);
    await web.filesUploadV2({ channel_id: CX, filename: "answers.csv", content: "score\n3\n", initial_comment: "See" });
    expect([...called]).toEqual(["files.getUploadURLExternal", "files.completeUploadExternal"]);
    expect(sandbox.state()["slack"]?.["files"]).toMatchObject([{ name: "answers.csv", received: 8, channel: CX }]);
    const { messages } = await web.conversations.history({ channel: CX });
    expect(messages?.[0]).toMatchObject({ text: "See", files: [{ name: "answers.csv", size: 8 }] });
  });

  test("an installation goes through authorize and gives a token of its own", async () => {
    const sandbox = await startTestSandbox();
    const query = new URLSearchParams({
      client_id: SLACK_ACCOUNT.clientId,
      scope: "chat:write,users:read",
      state: "s1",
      redirect_uri: "http://127.0.0.1:1/back",
    });
    const page = await fetch(`${sandbox.baseUrl("slack")}/oauth/v2/authorize?${query.toString()}`, {
      redirect: "manual",
    });
    const back = new URL(page.headers.get("location") ?? "");
    const { web } = connect(sandbox);
    const { clientId: client_id, clientSecret: client_secret } = SLACK_ACCOUNT;
    const code = back.searchParams.get("code") ?? "";
    const granted = await web.oauth.v2.access({ client_id, client_secret, code });
    expect(back.searchParams.get("state")).toBe("s1");
    expect(granted.scope).toBe("chat:write,users:read");
    expect(await refusal(web.oauth.v2.access({ client_id, client_secret, code }))).toBe("code_already_used");
    const installed = connect(sandbox, granted.access_token ?? "").web;
    expect((await installed.chat.postMessage({ channel: CX, text: "new" })).ok).toBe(true);
    expect(await refusal(installed.conversations.history({ channel: CX }))).toBe("missing_scope");
  });

  test("tokens are needed, known and of the right kind", async () => {
    const sandbox = await startTestSandbox();
    expect(await refusal(connect(sandbox, "xoxb-wrong").web.auth.test())).toBe("invalid_auth");
    expect(await refusal(connect(sandbox, "").web.auth.test())).toBe("not_authed");
    expect(await refusal(connect(sandbox).web.apps.connections.open())).toBe("not_allowed_token_type");
  });

  test("a method that the sandbox does not know is 501, never success", async () => {
    const sandbox = await startTestSandbox();
    const response = await fetch(`${sandbox.baseUrl("slack")}/api/canvases.create`, { method: "POST" });
    expect(response.status).toBe(501);
    expect(response.headers.get("x-fake-unsupported")).toBe("POST /api/canvases.create");
  });

  test("about one message a second enters a channel when pace is switched on", async () => {
    const sandbox = await startTestSandbox({ settings: { "slack.messagePace": "on" } });
    const { web } = connect(sandbox);
    await web.chat.postMessage({ channel: CX, text: "1" });
    await expect(web.chat.postMessage({ channel: CX, text: "2" })).rejects.toMatchObject({ retryAfter: 1 });
    await sandbox.advance(1000);
    expect((await web.chat.postMessage({ channel: CX, text: "3" })).ok).toBe(true);
  });

  test("client_msg_id does nothing unless its undocumented effect is switched on", async () => {
    const sandbox = await startTestSandbox();
    const { web } = connect(sandbox);
    const message = { channel: CX, text: "x", client_msg_id: "6f7f1c2e-0000-4000-8000-000000000001" };
    const post = async (): Promise<unknown> =>
      new Map(Object.entries(await web.apiCall("chat.postMessage", message))).get("ts");
    const [first, second] = [await post(), await post()];
    expect(first).not.toBe(second);
    sandbox.set("slack.clientMsgIdDedupe", "on");
    expect(await post()).toBe(first);
  });
});

describe("the register of effects", () => {
  test("a repeated post is a duplicate, a repeated update is not", async () => {
    const sandbox = await startTestSandbox();
    const { web } = connect(sandbox);
    const { ts = "" } = await web.chat.postMessage({ channel: CX, text: "x", ...effect("lw_post0000") });
    for (const text of ["y", "y"]) await web.chat.update({ channel: CX, ts, text, ...effect("lw_update00") });
    expect(sandbox.effects()).toEqual({ keys: 2, effects: 2, duplicates: [] });
    await web.chat.postMessage({ channel: CX, text: "x", ...effect("lw_post0000") });
    expect(sandbox.effects()).toMatchObject({ keys: 2, effects: 3, duplicates: [{ key: "lw_post0000" }] });
    expect(sandbox.effects("lw_update00")).toMatchObject({
      keys: 1,
      effects: 1,
      items: [{ externalId: `${CX}:${ts}` }],
    });
  });
});
