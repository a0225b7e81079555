import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { aToken } from "../testing/http.js";
import { resealAll } from "../keys/rewrap.js";
import { secrets, useConnections } from "./testing/fixture.js";

const own = useConnections();
const everything = ["secret-inbound", "secret-outbound"] as const;

describe("a new connection", () => {
  it("is asked first, and says who it is to whom", async () => {
    const view = await own.create();
    expect(view).toMatchObject({
      connector: "parrot",
      name: "Our parrot",
      state: "ok",
      reason: null,
      sandbox: true,
      account: "Polly",
      target: `${own.parrot.url}/`,
      config: { url: `${own.parrot.url}/`, room: "main" },
      secretsSet: ["token", "signingSecret", "botToken"],
      notes: [{ level: "ok", message: "It speaks." }],
      facts: { words: 7 },
    });
    expect(own.told).toContain(`${own.workspaces.here} ${view.id}`);
  });

  it("that the system refuses is not stored, and its words are told", async () => {
    const before = (await own.admin("GET", "/api/connections")).text;
    const answer = await own.admin("POST", "/api/connections", own.wanted({ secret: { token: "wrong" } }));
    expect(answer).toMatchObject({
      status: 422,
      json: { code: "connection_refused", detail: "Parrot: Who is there?" },
    });
    expect((await own.admin("GET", "/api/connections")).text).toBe(before);
  });

  it("that does not answer is refused the same way", async () => {
    const config = { url: "http://127.0.0.1:1/" };
    const answer = await own.admin("POST", "/api/connections", own.wanted({ config }));
    expect(answer).toMatchObject({ status: 422, json: { code: "connection_refused" } });
  });

  it.each([
    [{ config: {} }, "config.url"],
    [{ secret: {} }, "secret.token"],
    [{ secret: { token: "" } }, "secret.token"],
  ])("with %j names the field that is wrong", async (more, field) => {
    const answer = await own.admin("POST", "/api/connections", own.wanted(more));
    expect(answer).toMatchObject({ status: 400, json: { code: "invalid_request" } });
    expect(Object.keys((answer.json as { fields: object }).fields)).toEqual([field]);
  });

  it("of an unknown connector is refused", async () => {
    const answer = await own.admin("POST", "/api/connections", own.wanted({ connector: "nobody" }));
    expect(answer).toMatchObject({ status: 400, json: { code: "unknown_connector" } });
  });

  it("keeps its secrets out of every answer and every readable column", async () => {
    const { id } = await own.create();
    const list = await own.admin("GET", "/api/connections");
    const { rows } = await sql`select connection::text from connection where id = ${id}`.execute(own.test.db);
    for (const text of [list.text, JSON.stringify(rows)])
      for (const value of Object.values(secrets))
        expect(text).not.toMatch(new RegExp(`\\b${value}\\b|${Buffer.from(value).toString("hex")}`));
  });
});

describe("a change", () => {
  it("keeps the secrets that are left out, and asks again", async () => {
    const { id } = await own.create();
    const answer = await own.admin("PUT", `/api/connections/${id}`, {
      config: { url: `${own.parrot.url}/`, room: "attic" },
      secret: {},
    });
    expect(answer).toMatchObject({
      status: 200,
      json: { config: { room: "attic" }, secretsSet: ["token", "signingSecret", "botToken"] },
    });
    expect((await own.opened(id)).secret).toMatchObject({ token: "good token" });
  });

  it("of the name alone asks nobody", async () => {
    const { id } = await own.create();
    const asked = own.parrot.received.length;
    expect((await own.admin("PUT", `/api/connections/${id}`, { name: "Polly" })).json).toMatchObject({ name: "Polly" });
    expect(own.parrot.received.length).toBe(asked);
  });

  it("of the address does not take the kept secrets along", async () => {
    const { id } = await own.create();
    const asked = own.other.received.length;
    const config = { url: `${own.other.url}/` };
    const kept = await own.admin("PUT", `/api/connections/${id}`, { config, secret: { signingSecret: "new" } });
    expect(kept).toMatchObject({ status: 422, json: { code: "secrets_needed" } });
    expect((kept.json as { fields: object }).fields).toHaveProperty(["secret.token"]);
    expect(own.other.received.length).toBe(asked);
    const given = await own.admin("PUT", `/api/connections/${id}`, { config, secret: secrets });
    expect(given).toMatchObject({ status: 200, json: { sandbox: false } });
  });

  it("by a process that may not open outbound secrets wants them again, and only them", async () => {
    const { id } = await own.create();
    const client = own.api.as(aToken(own.workspaces.here));
    const kept = await client("PUT", `/api/connections/${id}`, { secret: { signingSecret: "new one" } });
    expect(kept).toMatchObject({
      status: 422,
      json: { code: "secrets_needed", fields: { "secret.token": "Enter it again" } },
    });
    const given = await client("PUT", `/api/connections/${id}`, {
      secret: { signingSecret: "new one", token: "good token" },
    });
    expect(given.status).toBe(200);
    expect(await own.execution().openInbound(own.test.db, id)).toMatchObject({
      secrets: { signingSecret: "new one", botToken: "bot" },
    });
  });

  it("that loses a race against another is refused", async () => {
    const { id } = await own.create();
    const config = { url: `${own.parrot.url}/`, room: "attic" };
    own.beforeAnswer = () =>
      sql`update connection set config = '{"room":"cellar"}' where id = ${id}`.execute(own.test.db);
    const answer = await own.admin("PUT", `/api/connections/${id}`, { config });
    own.beforeAnswer = () => Promise.resolve();
    expect(answer).toMatchObject({ status: 409, json: { code: "connection_changed" } });
  });

  it("goes through while its secrets are sealed with new keys", async () => {
    const { id } = await own.create();
    own.beforeAnswer = () => resealAll(own.test.db, own.envelopeFor(everything), () => undefined);
    const config = { url: `${own.parrot.url}/`, room: "attic" };
    const answer = await own.admin("PUT", `/api/connections/${id}`, { config });
    own.beforeAnswer = () => Promise.resolve();
    expect(answer).toMatchObject({ status: 200, json: { config } });
    expect((await own.opened(id)).secret).toMatchObject({ token: "good token" });
  });
});
