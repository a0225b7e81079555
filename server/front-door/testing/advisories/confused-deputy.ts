import { beforeAll, expect, it } from "vitest";
import { httpStep, tryFlow, type Stage } from "./stage.js";

export const CANARY = "Bearer canary-4f1d9c0b7a";

export function confusedDeputy(stage: Stage): void {
  let connectionId: string;

  beforeAll(async () => {
    const body = { connector: "http", name: "Partner", config: { baseUrl: stage.partner.url } };
    const made = await stage.api("POST", "/api/connections", { ...body, secret: { headerValue: CANARY } });
    connectionId = (made.json as { id: string }).id;
  });

  const leaked = (): boolean =>
    [...stage.otherPartner.received, ...stage.internal.received].some((one) => JSON.stringify(one).includes("canary-"));

  it("a secret goes to the host that it was given for, and to no other that a flow or a customer names", async () => {
    const other = stage.otherPartner.host;
    const elsewhere = [
      stage.otherPartner.url,
      `//${other}/x`,
      `\\\\${other}\\x`,
      `http://${stage.partner.host}@${other}/x`,
      `http://${other}#@${stage.partner.host}`,
      `http://${other}\\@${stage.partner.host}/`,
      "{{ feedback.comment | default: '' }}",
      "http:{{ feedback.comment | default: '' }}",
    ];
    for (const url of elsewhere) {
      const { run } = await tryFlow(stage, [httpStep({ url }, connectionId)], "start > call", {
        comment: `//${other}/x`,
      });
      expect([url, run?.effects[0]?.state]).toEqual([url, "failed"]);
    }
    expect(stage.otherPartner.received).toEqual([]);
  });

  it("a redirect does not carry it on", async () => {
    const { run } = await tryFlow(stage, [httpStep({ url: "/redirect-to-other" }, connectionId)], "start > call");
    expect(run?.effects[0]).toMatchObject({ state: "failed", code: "http_307" });
    expect(stage.partner.received.at(-1)?.headers.authorization).toBe(CANARY);
    expect([stage.otherPartner.received, leaked()]).toEqual([[], false]);
  });

  it("a connection that is given another host is asked for its secret again, and does not send the old one there", async () => {
    const change = { config: { baseUrl: stage.otherPartner.url } };
    const answer = await stage.api("PUT", `/api/connections/${connectionId}`, change);
    expect(answer.status < 300 ? leaked() : answer.status).toEqual(answer.status < 300 ? false : 422);
    expect(leaked()).toBe(false);
    await stage.api("PUT", `/api/connections/${connectionId}`, {
      config: { baseUrl: stage.partner.url },
      secret: { headerValue: CANARY },
    });
  });

  it("a connection hidden in an action's form is a value there; only the step's own field names one", async () => {
    const hidden = {
      connectionId,
      connection: { id: connectionId },
      credentials: { http: { id: connectionId } },
      headers: [{ name: "X-Connection", value: connectionId, connectionId }],
    };
    const before = stage.partner.received.length;
    const { status, run } = await tryFlow(
      stage,
      [httpStep({ url: `${stage.partner.url}/hidden`, ...hidden })],
      "start > call",
    );
    expect(run !== null || status === 422).toBe(true);
    const sent = stage.partner.received.slice(before);
    expect(sent.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  it("another workspace's connection cannot be drawn, published, asked, changed or tried", async () => {
    const thief = stage.as("admin", "elsewhere");
    const draft = {
      schemaVersion: 1,
      retiredIds: [],
      nodes: [{ id: "start", type: "trigger", title: "", position: { x: 0, y: 0 }, config: {} }],
      edges: [{ from: "start", output: "next", to: "call" }],
    };
    const config = { sources: [], metrics: [], when: null, on: "first" };
    const nodes = [{ ...draft.nodes[0], config }, httpStep({ url: "/stolen" }, connectionId)];
    const flow = (await thief("POST", "/api/flows", { name: "x", draft: { ...draft, nodes } })).json as { id: string };
    const published = await thief("POST", `/api/flows/${flow.id}/publish`, { revision: 0 });
    expect([published.status, published.text]).toEqual([422, expect.stringContaining("connection")]);
    const own = `/api/connections/${connectionId}`;
    for (const [method, path, body] of [
      ["GET", `${own}/options/channels`, undefined],
      ["PUT", own, { config: { baseUrl: stage.otherPartner.url } }],
      ["POST", `${own}/resume`, undefined],
      ["DELETE", own, undefined],
    ] as const)
      expect([path, (await thief(method, path, body)).status]).toEqual([path, 404]);
    expect(stage.partner.received.some(({ path }) => path.includes("stolen"))).toBe(false);
  });
}
