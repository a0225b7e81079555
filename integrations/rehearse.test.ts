import { describe, expect, it } from "vitest";
import type { Action, Connector, OpenConnection } from "./connector.js";
import type { HttpClient } from "./http.js";
import { findAction, findConnector } from "./index.js";
import { REHEARSAL_KEY, SECRET } from "./rehearsal.js";
import { rehearse, type Rehearsed } from "./rehearse.js";
import { json, useFakes, type FakeServer, type Received, type Respond } from "./testing/fake-server.js";

const start = useFakes();
const LOOKED_UP = { Id: "003ContactLookedUp", AccountId: "001AccountLookedUp" };
const REAL = "the-real-credential";

interface Case {
  readonly ref: string;
  readonly input: object;
  readonly config: (url: string) => object;
  readonly secret: (value: string) => object;
}

const slack = {
  config: (url: string) => ({ apiUrl: `${url}/api/` }),
  secret: (botToken: string) => ({ botToken }),
};
const jira = {
  config: (site: string) => ({ site, email: "ops@acme.example" }),
  secret: (apiToken: string) => ({ apiToken }),
};
const facts = (exactlyOnce: string) => ({
  exactlyOnce,
  externalIdTask: exactlyOnce === "external-id",
  externalIdCase: false,
});
const salesforce = (exactlyOnce: string) => ({
  config: (loginUrl: string) => ({
    loginUrl,
    apiVersion: "62.0",
    grant: "client_credentials",
    clientId: "c",
    facts: facts(exactlyOnce),
  }),
  secret: (clientSecret: string) => ({ clientSecret }),
});
const http = {
  config: (baseUrl: string) => ({ baseUrl, headerName: "X-Key" }),
  secret: (headerValue: string) => ({ headerValue }),
};
const task = { subject: "Call back", contactEmail: "ada@acme.example", phone: "+33 1 02", dueDate: "2026-03-05" };
const note = { title: "Unhappy", body: "**Export** fails", contactEmail: "ada@acme.example" };

const cases: readonly Case[] = [
  { ref: "slack.postMessage@1", input: { channel: "C1", text: "Score 3 <!here>" }, ...slack },
  { ref: "slack.postMessage@1", input: { channel: "U7", text: "For you", mention: "U8" }, ...slack },
  {
    ref: "jira.createIssue@1",
    input: { project: "SUP", issueType: "Bug", summary: "Export fails", description: "**Why**", labels: ["a b"] },
    ...jira,
  },
  { ref: "jira.commentIssue@1", input: { issue: "SUP-1", body: "Again" }, ...jira },
  { ref: "salesforce.createTask@1", input: task, ...salesforce("effect-object") },
  { ref: "salesforce.createTask@1", input: task, ...salesforce("external-id") },
  { ref: "salesforce.createTask@1", input: task, ...salesforce("none") },
  { ref: "salesforce.createNote@1", input: note, ...salesforce("none") },
  { ref: "salesforce.createNote@1", input: note, ...salesforce("effect-object") },
  {
    ref: "http.request@1",
    input: { method: "POST", url: "/things", headers: [{ name: "X-Tier", value: "gold" }], body: '{"score":3}' },
    ...http,
  },
  { ref: "http.request@1", input: { method: "GET", url: "/things?x=1", headers: [], body: "" }, ...http },
];

/** Every product at once: what a write is answered does not matter here, what it was does. */
const answers: Respond = (request, response) => {
  const { pathname, origin, searchParams } = new URL(request.url, `http://${String(request.headers["host"])}`);
  const id = "https://login.salesforce.com/id/00D000000000001EAA/005000000000001AAA";
  const answer = (): Respond => {
    if (pathname.endsWith("/oauth2/token")) return json(200, { access_token: REAL, instance_url: origin, id });
    if (searchParams.get("q")?.includes("FROM Contact")) return json(200, { records: [LOOKED_UP] });
    if (pathname.endsWith("/conversations.open")) return json(200, { ok: true, channel: { id: "D0LOOKEDUP" } });
    if (request.method === "GET") return json(404, [{ errorCode: "NOT_FOUND", message: "" }]);
    return json(200, { ok: true, channel: "C1", ts: "1.1" });
  };
  answer()(request, response);
};

const partsOf = (ref: string): { action: Action; connector: Connector } => {
  const [action, connector] = [findAction(ref), findConnector(ref.split(".")[0] ?? "")];
  if (!action || !connector) throw new Error(`there is no ${ref}`);
  return { action, connector };
};

function opened({ ref, config, secret }: Case, server: FakeServer, value: string) {
  const { connector } = partsOf(ref);
  return (client: HttpClient): OpenConnection => ({
    id: `${ref} ${server.url}`,
    config: { ...connector.config.parse(config(server.url)), ...config(server.url) },
    secret: connector.secret.parse(secret(value)),
    http: client,
  });
}

const rehearsed = (one: Case, server: FakeServer): Promise<Rehearsed> => {
  const { action, connector } = partsOf(one.ref);
  const { rehearsal } = connector;
  const egress = { allowPrivate: [server.host] };
  return rehearse({ action, input: one.input, open: opened(one, server, SECRET), rehearsal, egress });
};

async function reallySent(one: Case, server: FakeServer): Promise<Received> {
  const call = { key: REHEARSAL_KEY, signal: new AbortController().signal, deadlineMs: 5_000 };
  let writes = 0;
  const connection = opened(one, server, REAL)(server.http);
  const aboutToSend = (): void => void (writes = server.received.length + 1);
  // What the fake answers may not please the action: it was sent all the same.
  await partsOf(one.ref)
    .action.send(one.input, { ...call, connection, aboutToSend })
    .catch(() => undefined);
  const [received] = writes > 0 ? server.received.slice(writes - 1) : server.received.slice(-1);
  if (!received) throw new Error("nothing was received");
  return received;
}

describe("a rehearsed request", () => {
  it.each(cases.map((one, index) => [`${index + 1} ${one.ref}`, one] as const))(
    "%s is what the product receives, but for the credentials",
    async (_, one) => {
      const server = await start(answers);
      const result = await rehearsed(one, server);
      expect(server.received).toEqual([]);
      if (result.kind !== "request") throw new Error(result.message);
      const { method, url, headers, body } = result.request;
      const real = await reallySent(one, server);
      expect({ method, url, body: body ?? "" }).toEqual({
        method: real.method,
        url: `${server.url}${real.url}`,
        body: real.body,
      });
      const credential = one.ref.startsWith("http.") ? "x-key" : "authorization";
      const { [credential]: shown, ...others } = headers;
      expect(shown).toContain(SECRET);
      expect(real.headers).toMatchObject(others);
      expect(String(real.headers[credential])).not.toBe(shown);
    },
  );

  it("holds no credential in any form", async () => {
    for (const one of cases) {
      const server = await start(answers);
      const basic = Buffer.from(`ops@acme.example:${SECRET}`).toString("base64");
      expect(JSON.stringify(await rehearsed(one, server))).not.toContain(basic);
    }
  });

  it("signs in to Salesforce without the private key of a JWT", async () => {
    const server = await start(answers);
    const jwt = salesforce("none");
    const config = (url: string) => ({ ...jwt.config(url), grant: "jwt", username: "ops@acme.example" });
    const one = { ref: "salesforce.createTask@1", input: task, config, secret: () => ({}) };
    expect(await rehearsed(one, server)).toMatchObject({ kind: "request", request: { method: "POST" } });
    expect(server.received).toEqual([]);
  });

  it("is refused in the action's own words where the action would refuse it", async () => {
    const server = await start(answers);
    const input = { project: "SUP", issueType: "Bug", summary: "  " };
    expect(await rehearsed({ ref: "jira.createIssue@1", input, ...jira }, server)).toEqual({
      kind: "refused",
      code: "summary_empty",
      message: "the summary is empty once its fields are filled in",
      field: "summary",
    });
  });

  it("is refused where the guarded client would not let it out", async () => {
    const server = await start(answers);
    const input = { method: "POST", url: "http://10.0.0.1/x", headers: [], body: "" };
    const { action } = partsOf("http.request@1");
    const open = (client: HttpClient): OpenConnection => ({ id: "", config: {}, secret: {}, http: client });
    const result = await rehearse({ action, input, open, rehearsal: undefined, egress: { allowPrivate: [] } });
    expect(result).toMatchObject({ kind: "refused", code: "private_address" });
    expect(server.received).toEqual([]);
  });
});
