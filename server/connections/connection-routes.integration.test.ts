import { describe, expect, it, onTestFinished } from "vitest";
import { aToken, startTestApp } from "../testing/http.js";
import { walkPermissions } from "../testing/permission-walk.js";
import type { ConnectionView } from "./connection-api.js";
import { useConnections } from "./testing/fixture.js";

const own = useConnections();

describe("the options of a form", () => {
  it("come from the system itself", async () => {
    const { id } = await own.create();
    const query = new URLSearchParams({ q: "hel", values: '{"room":"attic"}' }).toString();
    const answer = await own.admin("GET", `/api/connections/${id}/options/words?${query}`);
    expect(answer).toMatchObject({ status: 200, json: { items: [{ value: "hello" }] } });
    expect(answer.text).toContain("query=hel");
    expect((await own.admin("GET", `/api/connections/${id}/options/none`)).status).toBe(404);
    expect((await own.admin("GET", `/api/connections/${id}/options/words?values=[`)).status).toBe(400);
  });
});

describe("the connections' routes", () => {
  it("say of which connections the sandbox is off", async () => {
    const { id } = await own.create();
    const app = await startTestApp({ routes: own.routes(undefined, true) });
    onTestFinished(() => app.close());
    const { json } = await app.as(aToken(own.workspaces.here))("GET", "/api/connections");
    expect((json as { items: ConnectionView[] }).items.find((one) => one.id === id)?.notes).toEqual([
      { level: "warning", message: expect.stringContaining("points at the sandbox, which is off") as string },
      { level: "ok", message: "It speaks." },
    ]);
  });

  it("let in whom their permission names, and nobody else", async () => {
    expect(await walkPermissions(own.app, own.routes(), own.workspaces.here)).toEqual([]);
  });

  it("know nothing of another workspace's connections", async () => {
    const { id } = await own.create();
    const stranger = own.app.as(aToken(own.workspaces.elsewhere));
    expect((await stranger("GET", "/api/connections")).json).toEqual({ items: [] });
    const tries: [string, string, object?][] = [
      ["PUT", "", { name: "Mine" }],
      ["DELETE", ""],
      ["POST", "/pause", {}],
      ["POST", "/resume", {}],
      ["GET", "/options/words"],
    ];
    for (const [method, rest, body] of tries)
      expect((await stranger(method, `/api/connections/${id}${rest}`, body)).status).toBe(404);
    expect((await own.admin("GET", "/api/connections")).text).toContain(id);
  });

  it("describe the connectors with their forms, metadata kept", async () => {
    const { json } = await own.admin("GET", "/api/connectors");
    expect(json).toMatchObject({
      items: [
        {
          name: "parrot",
          title: "Parrot",
          pickers: ["words"],
          configSchema: {
            type: "object",
            required: ["url"],
            properties: { room: { title: "Room", advanced: true, default: "main" } },
          },
          secretSchema: { required: ["token"] },
        },
      ],
    });
  });
});
