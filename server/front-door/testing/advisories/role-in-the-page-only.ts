import { beforeAll, expect, it } from "vitest";
import { aNode } from "../../../../workflows/flow/testing/a-flow.js";
import type { Role } from "../../../members/member-api.js";
import { httpStep, tryFlow, type Stage } from "./stage.js";

export function roleInThePageOnly(stage: Stage): void {
  let ids: { flowId: string; runId: string };

  beforeAll(async () => {
    const { run } = await tryFlow(stage, [httpStep({ url: "file:///x" })], "start > call");
    ids = { flowId: run?.flowId ?? "", runId: run?.id ?? "" };
  });

  const forbidden = (): readonly (readonly [role: Role, method: string, path: string, body?: object])[] => [
    ["viewer", "POST", `/api/runs/${ids.runId}/steps/call/retry`, {}],
    ["viewer", "POST", `/api/runs/${ids.runId}/steps/call/skip`, { output: "next" }],
    ["viewer", "POST", `/api/runs/${ids.runId}/cancel`],
    ["viewer", "PUT", `/api/flows/${ids.flowId}/draft`, { draft: {}, revision: 0 }],
    ["builder", "POST", `/api/flows/${ids.flowId}/publish`, { revision: 0 }],
    ["builder", "POST", "/api/connections", { connector: "http", name: "x", config: {}, secret: {} }],
    ["publisher", "POST", "/api/tokens", { name: "x", role: "admin" }],
    ["publisher", "POST", "/api/members", { name: "x", email: "x@x.example", role: "admin" }],
    ["privacy_officer", "POST", "/api/tokens", { name: "x", role: "admin" }],
    ["builder", "GET", "/api/audit/export?format=csv"],
  ];

  it("a button that a page does not show is refused by the server too, and for the same reason", async () => {
    for (const [role, method, path, body] of forbidden())
      expect([role, path, (await stage.as(role)(method, path, body)).status]).toEqual([role, path, 403]);
  });

  it("nobody makes themselves more by saying so, in the body, the query or a header", async () => {
    const said = { role: "admin", permissions: ["tokens:manage"], actor: { role: "admin" }, isAdmin: true };
    for (const headers of [{}, { "x-role": "admin" }, { "x-user-role": "admin", "x-admin": "1" }]) {
      const claim = await stage.as("viewer")("POST", "/api/tokens?role=admin", { name: "x", ...said }, headers);
      expect(claim.status).toBe(403);
    }
    const me = (await stage.as("viewer")("GET", "/api/me?role=admin")).json as { member: { role: string } };
    expect(me.member.role).toBe("viewer");
  });

  it("a row of another workspace is not there, also for its own admins, and also where the request names ours", async () => {
    const thief = stage.as("admin", "elsewhere");
    const workspaceId = stage.product.runtime.installation.workspaceId;
    const named = { workspaceId, workspace_id: workspaceId };
    for (const [method, path, body] of [
      ["GET", `/api/flows/${ids.flowId}`],
      ["PATCH", `/api/flows/${ids.flowId}`, { name: "Stolen", ...named }],
      ["POST", `/api/flows/${ids.flowId}/pause`],
      ["DELETE", `/api/flows/${ids.flowId}`],
      ["GET", `/api/runs/${ids.runId}?workspaceId=${workspaceId}`],
      ["POST", `/api/runs/${ids.runId}/cancel`],
      ["POST", `/api/runs/${ids.runId}/steps/call/retry`, {}],
    ] as const)
      expect([method, path, (await thief(method, path, body)).status]).toEqual([method, path, 404]);
    const made = await thief("POST", "/api/flows", { name: "Planted", ...named });
    const listed = (await stage.api("GET", "/api/flows")).text;
    expect([made.status < 300 || made.status === 400, listed.includes("Planted")]).toEqual([true, false]);
    expect((await stage.api("GET", `/api/flows/${ids.flowId}`)).text).not.toContain("Stolen");
  });

  it("an approval cannot be given by drawing: publishing someone else's connection is refused", async () => {
    const thief = stage.as("admin", "elsewhere");
    const { items } = (await stage.api("GET", "/api/connections")).json as { items: { id: string }[] };
    const asks = aNode("approval", "ask", { connectionId: items[0]?.id, approvers: [] });
    const draft = { schemaVersion: 1, retiredIds: [], nodes: [aNode("trigger", "start"), asks], edges: [] };
    const flow = (await thief("POST", "/api/flows", { name: "x", draft })).json as { id: string };
    expect((await thief("POST", `/api/flows/${flow.id}/publish`, { revision: 0 })).status).toBe(422);
  });
}
