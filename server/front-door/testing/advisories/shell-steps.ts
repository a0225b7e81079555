import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { aNode } from "../../../../workflows/flow/testing/a-flow.js";
import { httpStep, tryFlow, type Stage } from "./stage.js";

const names = (marker: string): string[] => [
  `; touch ${marker}`,
  `$(touch ${marker})`,
  "`touch " + marker + "`",
  `x' && touch ${marker} #`,
  `| touch ${marker}`,
  `\n touch ${marker}`,
  `--upload-pack=touch ${marker}`,
];

const CODE_STEPS = ["code", "function", "executeCommand", "ssh", "git", "readFile", "writeFile", "python", "shell"];

export function shellSteps(stage: Stage): void {
  it("there is no step and no action that runs a program, reads a file or clones a repository", async () => {
    const { actions } = (await stage.api("GET", "/api/catalogue")).json as { actions: { ref: string }[] };
    expect(actions.map(({ ref }) => ref).filter((ref) => !/^(slack|jira|salesforce|http)\./.test(ref))).toEqual([]);
    for (const type of CODE_STEPS) {
      const drawn = { ...aNode("stop", "run"), type, config: { command: `touch ${stage.marker}`, code: "1" } };
      const draft = { schemaVersion: 1, retiredIds: [], nodes: [aNode("trigger", "start"), drawn], edges: [] };
      expect([type, (await stage.api("POST", "/api/flows", { name: "x", draft })).status]).toEqual([type, 400]);
    }
    for (const action of ["git.clone@1", "shell.exec@1", "file.read@1", "http.constructor@1", "slack.toString@1"]) {
      const { status } = await tryFlow(stage, [aNode("action", "run", { action })], "start > run");
      expect([action, status]).toEqual([action, 422]);
    }
    expect(existsSync(stage.marker)).toBe(false);
  });

  it("names of steps, flows and tokens are only ever names", async () => {
    for (const name of names(stage.marker)) {
      const titled = { ...aNode("set", "fill"), title: name };
      const { run } = await tryFlow(stage, [titled, aNode("stop", "done")], "start > fill, fill > done");
      expect(run?.steps.find(({ nodeId }) => nodeId === "fill")).toMatchObject({ title: name, state: "done" });
      expect((await stage.api("POST", "/api/tokens", { name, role: "viewer" })).status).toBe(201);
      const nodes = [aNode("trigger", "start"), { ...aNode("set", "fill"), id: name }];
      const draft = { schemaVersion: 1, retiredIds: [], nodes, edges: [] };
      expect([name, (await stage.api("POST", "/api/flows", { name, draft })).status]).toEqual([name, 400]);
    }
    expect(existsSync(stage.marker)).toBe(false);
  });

  it("an address is fetched by HTTP or not at all", async () => {
    const { path, content } = stage.canaryFile;
    for (const url of [
      `file://${path}`,
      path,
      `gopher://127.0.0.1/_x`,
      `data:text/plain,x`,
      `ftp://127.0.0.1${path}`,
    ]) {
      const { run } = await tryFlow(stage, [httpStep({ method: "GET", url })], "start > call");
      expect([url, run?.effects[0]?.code]).toEqual([url, expect.stringMatching(/^bad_(url|protocol)$/)]);
      expect(JSON.stringify(run)).not.toContain(content);
    }
  });
}
