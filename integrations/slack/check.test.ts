import { describe, expect, it } from "vitest";
import { slackConnector } from "./index.js";
import { connectionTo, fakeSlack, type Reply } from "./testing/fake-slack.js";

const SCOPES = "chat:write,channels:history,groups:history,im:history,channels:join,channels:read,users:read";
const me = { ok: true, url: "https://acme.slack.com/", team: "Acme", team_id: "T1", user: "loopwright", user_id: "U9" };
const signal = new AbortController().signal;

const identity = (scopes?: string): Reply => {
  return (_, response) => {
    if (scopes !== undefined) response.setHeader("x-oauth-scopes", scopes);
    return me;
  };
};

async function check(
  scopes: string | undefined,
  more: Parameters<typeof connectionTo>[1] = {},
  open: Reply = { ok: true, url: "wss://x" },
) {
  const slack = await fakeSlack({ "auth.test": identity(scopes), "apps.connections.open": open });
  return { slack, checked: await slackConnector.check(connectionTo(slack, more), signal) };
}

describe("checking a Slack connection", () => {
  it("says who is connected where, and keeps what actions need", async () => {
    expect((await check(SCOPES)).checked).toEqual({
      account: "loopwright",
      target: "Acme",
      notes: [{ level: "ok", message: "Everything that flows need is allowed." }],
      facts: { teamId: "T1", botUserId: "U9", history: true, workspaceUrl: "https://acme.slack.com/" },
    });
  });

  it("warns of what missing scopes cost, worst first", async () => {
    const { checked } = await check("users:read,channels:join,channels:read,im:history,groups:history");
    expect(checked.notes).toEqual([
      { level: "warning", message: "The token lacks chat:write: messages and approvals cannot be posted." },
      {
        level: "warning",
        message:
          "The token lacks channels:history: a message in doubt in a public channel waits for a person, because it cannot be looked up.",
      },
    ]);
    expect(checked.facts["history"]).toBe(false);
  });

  it("warns when Slack does not say what the token may do", async () => {
    expect((await check(undefined)).checked.notes).toMatchObject([{ level: "warning", message: /did not say/ }]);
  });

  it("warns when clicks cannot come back", async () => {
    const { checked } = await check(SCOPES, { signingSecret: "" });
    expect(checked.notes).toMatchObject([{ level: "warning", message: /buttons in Slack will not answer/ }]);
  });

  it("tries the app-level token with its own name", async () => {
    const { slack, checked } = await check(SCOPES, { appToken: "xapp-1", signingSecret: "" });
    expect(slack.asked.at(-1)).toMatchObject({ method: "apps.connections.open", token: "Bearer xapp-1" });
    expect(checked.notes).toMatchObject([{ level: "ok" }]);
    const refused = await check(SCOPES, { appToken: "xapp-1" }, { ok: false, error: "invalid_auth" });
    expect(refused.checked.notes).toMatchObject([{ level: "warning", message: /Socket Mode will not start/ }]);
  });

  it("refuses a dead token, and a token of another workspace", async () => {
    const dead = await fakeSlack({ "auth.test": { ok: false, error: "invalid_auth" } });
    await expect(slackConnector.check(connectionTo(dead), signal)).rejects.toMatchObject({ outcome: "AUTH" });
    await expect(check(SCOPES, { teamId: "T2" })).rejects.toMatchObject({
      outcome: "AUTH",
      message: /belongs to Acme \(T1\)/,
    });
  });

  it("never shows a token", async () => {
    const { checked } = await check("users:read", { botToken: "xoxb-very-secret", appToken: "xapp-very-secret" });
    expect(JSON.stringify(checked)).not.toContain("very-secret");
  });
});

describe("the configuration", () => {
  it.each([
    [{}, ["slack.com:443"]],
    [{ apiUrl: "http://127.0.0.1:4002/api" }, ["127.0.0.1:4002"]],
  ])("%j may talk to %j only", (config, hosts) => {
    expect(slackConnector.hosts(config)).toEqual(hosts);
  });

  it("refuses plain http anywhere but here", () => {
    expect(slackConnector.config.safeParse({ apiUrl: "http://slack.example/api/" }).success).toBe(false);
    expect(slackConnector.config.safeParse({ apiUrl: "ftp://slack.com/" }).success).toBe(false);
  });
});

describe("options", () => {
  const ask = (query: string) => ({ query, values: {}, signal });
  const load = (name: string, slack: Parameters<typeof connectionTo>[0], query = "") =>
    slackConnector.options[name]!(connectionTo(slack), ask(query));

  it("list channels over all pages, by id and #name", async () => {
    const page = (channels: object[], next = "") => ({ ok: true, channels, response_metadata: { next_cursor: next } });
    const slack = await fakeSlack({
      "conversations.list": [
        page([{ id: "C2", name: "support", is_member: false }], "more"),
        page([
          { id: "C1", name: "cx", is_member: true },
          { id: "C3", name: "board", is_private: true, is_member: true },
        ]),
      ],
    });
    expect(await load("channels", slack)).toEqual([
      { value: "#board", id: "C3", label: "#board", hint: "private" },
      { value: "#cx", id: "C1", label: "#cx" },
      { value: "#support", id: "C2", label: "#support", hint: "the app joins when it first posts" },
    ]);
    expect(slack.asked.map(({ args }) => args["cursor"])).toEqual([undefined, "more"]);
  });

  it("filter channels by what is typed, with or without #", async () => {
    const channels = ["cx", "cx-leads", "random"].map((name) => ({ id: name, name }));
    const slack = await fakeSlack({ "conversations.list": { ok: true, channels } });
    expect((await load("channels", slack, "#CX")).map(({ label }) => label)).toEqual(["#cx", "#cx-leads"]);
  });

  it("leave private channels out when the token may not see them", async () => {
    const slack = await fakeSlack({
      "conversations.list": ({ args }) =>
        args["types"] === "public_channel"
          ? { ok: true, channels: [{ id: "C1", name: "cx" }] }
          : { ok: false, error: "missing_scope", needed: "groups:read" },
    });
    expect(await load("channels", slack)).toMatchObject([{ value: "#cx" }]);
  });

  it("list people by name, without bots and those who left", async () => {
    const members = [
      { id: "U1", name: "maya", real_name: "Maya Lindqvist" },
      { id: "U2", name: "tom", real_name: "" },
      { id: "U3", name: "gone", deleted: true },
      { id: "U4", name: "robot", is_bot: true },
      { id: "USLACKBOT", name: "slackbot" },
    ];
    const slack = await fakeSlack({ "users.list": { ok: true, members } });
    expect(await load("people", slack)).toEqual([
      { value: "U1", label: "Maya Lindqvist", hint: "@maya" },
      { value: "U2", label: "tom", hint: "@tom" },
    ]);
    expect(await load("people", slack, "lind")).toMatchObject([{ value: "U1" }]);
  });
});
