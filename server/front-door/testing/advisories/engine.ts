import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { httpStep, tryFlow, type Stage } from "./stage.js";

const OURS = { namespace: "default", workflowId: "x", taskQueue: "loopwright-slack", workflow_id: "x", runId: "y" };
const HEADERS = { "temporal-namespace": "temporal-system", "x-namespace": "default", "x-temporal-workflow-id": "x" };

interface Compose {
  readonly services: Readonly<Record<string, { readonly image?: string; readonly ports?: readonly string[] }>>;
}

export function engine(stage: Stage): void {
  it("a request cannot name the engine's namespace, queue or workflow: they are not in what is read", async () => {
    const { openapi } = { openapi: (await stage.anonymous("GET", "/api/openapi.json")).text };
    for (const name of ["namespace", "workflowId", "taskQueue", "workflowType", "batch"])
      expect([name, openapi.includes(`"${name}":`)]).toEqual([name, false]);
    const { run } = await tryFlow(stage, [httpStep({ url: "file:///x", ...OURS })], "start > call");
    expect(run === null || run.state !== "running").toBe(true);
    for (const [method, path, body] of [
      ["GET", "/api/runs?namespace=temporal-system&query=1%3D1", undefined],
      ["POST", "/api/flows", { name: "Engine", ...OURS }],
    ] as const) {
      const { status, text } = await stage.api(method, path, body, HEADERS);
      expect([path, status < 500, text.includes("temporal-system")]).toEqual([path, true, false]);
    }
  });

  it("a run is asked for by its own id, not by the engine's", async () => {
    const { items } = (await stage.api("GET", "/api/runs")).json as { items: { id: string }[] };
    for (const id of [`run_${items[0]?.id ?? ""}`, `temporal-sys-scheduler`, `run_*`])
      for (const verb of ["", "/cancel"]) {
        const { status } = await stage.api(verb === "" ? "GET" : "POST", `/api/runs/${id}${verb}`);
        expect([id, verb, status]).toEqual([id, verb, 400]);
      }
  });

  it("the engine that is delivered has the mended releases, and no port to other machines", () => {
    const root = fileURLToPath(new URL("../../../..", import.meta.url));
    const { services } = parse(readFileSync(`${root}/docker-compose.yml`, "utf8")) as Compose;
    const version = /:-(\d+)\.(\d+)\.(\d+)\}/.exec(services["temporal"]?.image ?? "");
    const [major = 0, minor = 0, patch = 0] = (version ?? []).slice(1).map(Number);
    // CVE-2025-14986 and CVE-2026-5199 were mended in 1.30.3.
    expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(1_030_003);
    const open = Object.entries(services)
      .filter(([name]) => /temporal|postgres/.test(name))
      .flatMap(([, { ports = [] }]) => ports);
    // Its pages, for whoever sits at the machine.
    expect(open).toEqual([expect.stringMatching(/^127\.0\.0\.1:.*:8080$/)]);
  });
}
