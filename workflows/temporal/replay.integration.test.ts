import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DefaultLogger, Runtime, Worker } from "@temporalio/worker";
import { beforeAll, expect, test } from "vitest";
import { historyFromText } from "../testing/history-file.js";
import { bundleWorkflows } from "../testing/engine.js";

const folder = fileURLToPath(new URL("./histories/", import.meta.url));
const recorded = readdirSync(folder).filter((name) => name.endsWith(".json"));

let workflowBundle: { code: string };

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger("ERROR") });
  workflowBundle = await bundleWorkflows();
});

test("histories of a wait, a retry, an approval and a cancel were recorded", () => {
  expect(recorded).toEqual(expect.arrayContaining(["approved.json", "cancelled.json", "retried.json", "waited.json"]));
});

test.each(recorded)("a driver whose history was recorded goes the same way with today's code (%s)", async (name) => {
  const history = historyFromText(readFileSync(`${folder}${name}`, "utf8"));
  await expect(Worker.runReplayHistory({ workflowBundle }, history)).resolves.toBeUndefined();
});
