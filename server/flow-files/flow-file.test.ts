import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJsonSafely } from "../../integrations/json.js";
import { canonicalJson } from "../../workflows/flow/canonical-json.js";
import { demoFlows } from "../../workflows/flow/draft.js";
import { fromFile, type IdsOf } from "../../workflows/flow/file/from-file.js";
import { toFile, type NamesOf } from "../../workflows/flow/file/to-file.js";
import { flowDraftSchema, nodeTypes, type FlowDraft } from "../../workflows/flow/schema.js";
import { aDraft, aNode } from "../../workflows/flow/testing/a-flow.js";
import { DomainError } from "../errors.js";
import { fileRefusedSchema } from "./flow-file-api.js";
import { readFlowFile } from "./read-file.js";
import { toYaml } from "./yaml-text.js";

const HERE = "0198c000-0000-7000-8000-00000000000";
const connections: Readonly<Record<string, string>> = { [`${HERE}1`]: "Our Slack", [`${HERE}2`]: "R&D: Jira #1" };
const sources: Readonly<Record<string, string>> = { [`${HERE}3`]: "yes", [`${HERE}4`]: "Shop\u00a0NPS" };
const names: NamesOf = { connection: (id) => connections[id], source: (id) => sources[id] };
const idsIn = (all: Readonly<Record<string, string>>) => (name: string) =>
  Object.keys(all).filter((id) => all[id] === name);
const ids: IdsOf = { connection: idsIn(connections), source: idsIn(sources) };

const written = (draft: FlowDraft, name = "A flow") => toYaml(toFile(name, draft, names));
const readBack = (text: string, here: IdsOf = ids) => fromFile(readFlowFile(text), here);

/** Whatever order a document lists them in: nothing is said by it. */
function normal({ nodes, edges, ...rest }: FlowDraft): string {
  const byId = nodes.toSorted((left, right) => (left.id < right.id ? -1 : 1));
  return canonicalJson({ ...rest, nodes: byId, edges: edges.map((edge) => canonicalJson(edge)).toSorted() });
}

/** What the door of drafts refuses is in none. */
const isKept = (value: unknown) => parseJsonSafely(Buffer.from(JSON.stringify(value))).ok;
const someText = fc.string({ unit: "grapheme" }).filter(isKept);
const text = fc.oneof(someText, fc.constantFrom("no", "~", "- a", "x: y", "{{ a }}\n> b\n", "1e3"));
const json = fc.jsonValue({ maxDepth: 2 }).filter(isKept);
const config = fc.record({
  input: fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z]{0,8}$/), fc.oneof(text, json), { maxKeys: 4 }),
  connectionId: fc.constantFrom(null, "", ...Object.keys(connections)),
  sources: fc.subarray(Object.keys(sources)),
  when: json,
});
const someIds = fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,9}$/), { minLength: 1, maxLength: 8 });

const drafts: fc.Arbitrary<FlowDraft> = someIds.chain((given) =>
  fc.record({
    schemaVersion: fc.constant(1 as const),
    retiredIds: fc.uniqueArray(fc.stringMatching(/^old[0-9]{1,3}$/), { maxLength: 3 }),
    nodes: fc.tuple(
      ...given.map((id) =>
        fc.record({
          id: fc.constant(id),
          type: fc.constantFrom(...nodeTypes),
          title: text.map((title) => title.slice(0, 100)),
          position: fc.record({ x: fc.integer(), y: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
          config,
        }),
      ),
    ),
    // Always forwards, so that there is no cycle.
    edges: fc.array(
      fc
        .tuple(fc.nat(given.length - 1), fc.nat(given.length - 1), fc.constantFrom("next", "failure", "yes"))
        .filter(([from, to]) => from < to)
        .map(([from, to, output]) => ({ from: given[from] ?? "", output, to: given[to] ?? "" })),
      { maxLength: given.length === 1 ? 0 : 12 },
    ),
  }),
);

describe("a flow that is written and read back", () => {
  test("is the same flow", () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const { draft: read, missing, name } = readBack(written(draft));
        expect(normal(read)).toBe(normal(draft));
        expect([missing, name]).toEqual([[], "A flow"]);
      }),
      { numRuns: 200 },
    );
  });

  test("holds notes, groups, comments and what is switched off", () => {
    const { nodes, ...rest } = aDraft([aNode("end", "end")], "start > end");
    const draft = flowDraftSchema.parse({
      ...rest,
      nodes: nodes.map((node) => (node.id === "end" ? { ...node, disabled: true, comment: "Not yet:\n- ask" } : node)),
      notes: [{ id: "n1", text: "Why", position: { x: 1, y: 2 }, size: { width: 200, height: 90 }, colour: "blue" }],
      groups: [{ id: "g1", title: "All", nodeIds: ["start", "end"], collapsed: false }],
    });
    expect(normal(readBack(written(draft)).draft)).toBe(normal(draft));
  });

  test("is the same text, however its store ordered its keys and its steps", () => {
    const draft = demoFlows.supportCallback.draft({
      slack: `${HERE}1`,
      jira: `${HERE}2`,
      salesforce: `${HERE}1`,
    });
    const stored = flowDraftSchema.parse(JSON.parse(canonicalJson({ ...draft, nodes: draft.nodes.toReversed() })));
    expect(written(stored)).toBe(written(draft));
  });
});

test("a file is read by people: schema first, steps as they run, names in the place of ids", () => {
  const post = aNode("action", "tell", {
    connectionId: `${HERE}1`,
    input: { channel: "#cx", text: "*Call*\n> now\n" },
  });
  const draft = aDraft([aNode("end", "done"), post], "start > tell, tell > done, tell:failure > done");
  const file = written(draft, "NPS < 6 → tell");
  expect(file).toMatchInlineSnapshot(`
    "schema: 1
    flow: NPS < 6 → tell
    steps:
      start:
        type: trigger
        title: start
        at: [0, 0]
        config:
          sources: []
          metrics: []
          on: first
          when: null
        next: [tell]
      tell:
        type: action
        title: tell
        at: [0, 0]
        config:
          action: slack.postMessage@1
          connection: Our Slack
          input:
            channel: "#cx"
            text: |
              *Call*
              > now
          onAmbiguous: park
          retryFor:
            amount: 1
            unit: days
        next: [done]
        on:
          failure: [done]
      done:
        type: end
        title: done
        at: [0, 0]
        config:
          outcome: done
    ...
    "
  `);
  expect(file).not.toContain(HERE);
});

describe("names that stand for nothing here", () => {
  const draft = aDraft([aNode("action", "tell", { connectionId: `${HERE}1` })], "start > tell");
  const { nodes, ...rest } = draft;
  const listening = {
    ...rest,
    nodes: nodes.map((node) => (node.type === "trigger" ? aNode("trigger", node.id, { sources: [`${HERE}3`] }) : node)),
  };

  test("leave their step unfinished: no connection, and never any source in the place of one", () => {
    const { draft: read, missing } = readBack(written(listening), { connection: () => [], source: () => [] });
    expect(missing).toEqual([
      { nodeId: "start", kind: "source", name: "yes", why: "unknown" },
      { nodeId: "tell", kind: "connection", name: "Our Slack", why: "unknown" },
    ]);
    expect(read.nodes.find(({ id }) => id === "tell")?.config["connectionId"]).toBeNull();
    expect(read.nodes.find(({ id }) => id === "start")?.config["sources"]).toEqual(["yes"]);
  });

  test("and names that stand for several things are not guessed", () => {
    const { missing } = readBack(written(draft), { connection: () => ["one", "other"], source: () => [] });
    expect(missing).toEqual([{ nodeId: "tell", kind: "connection", name: "Our Slack", why: "several" }]);
  });

  test("an id of something that is gone is not written down", () => {
    const gone = aDraft([aNode("action", "tell", { connectionId: `${HERE}9` })], "start > tell");
    expect(written(gone)).not.toContain(HERE);
  });
});

test("steps without a place stand in columns as they run", () => {
  const file =
    "schema: 1\nflow: By hand\nsteps:\n  a:\n    type: trigger\n    next: [b, c]\n  b: {type: end}\n  c: {type: end}\n...\n";
  expect(readBack(file).draft.nodes.map(({ id, position }) => [id, position.x, position.y])).toEqual([
    ["a", 0, 0],
    ["b", 320, 0],
    ["c", 320, 160],
  ]);
});

describe("a file is refused with its reason and its place", () => {
  const refusalOf = (file: string) => {
    try {
      readFlowFile(file);
    } catch (error) {
      if (error instanceof DomainError) return { ...fileRefusedSchema.parse(error.extra), message: error.message };
      throw error;
    }
    throw new Error("it was taken");
  };
  const flow = (steps: string, head = "schema: 1") => `${head}\nflow: One\nsteps:\n${steps}...\n`;
  const many = Array.from({ length: 501 }, (_none, index) => `  s${String(index)}: {type: end}\n`).join("");
  const ways = Array.from({ length: 2501 }, () => "b").join();
  const whole = flow("  a:\n    type: trigger\n    next: [b]\n  b: {type: end}\n");

  test.each([
    ["of a newer schema", flow("  a: {type: trigger, warp: 9}\n", "schema: 2"), 1, "newer_schema", "schema 2"],
    ["that is no flow file", "name: compose\nservices: {}\n...\n", 1, "no_schema", "schema: 1"],
    ["that is nothing at all", "...\n", 1, "no_schema", "schema: 1"],
    ["with 501 steps", flow(many), 4, "too_many_steps", "501"],
    [
      "with 5002 ways, however many steps and ways out share them",
      flow(`  a: {type: wait, next: [${ways}], on: {failure: [${ways}]}}\n  b: {type: end}\n`),
      4,
      "too_many_ways",
      "5002",
    ],
    [
      "with a cycle",
      flow("  a: {type: wait, next: [b]}\n  b: {type: wait, next: [c]}\n  c: {type: wait, next: [b]}\n"),
      5,
      "cycle",
      "b → c → b",
    ],
    [
      "with a way to a step that is not there",
      flow("  a:\n    type: trigger\n    next: [gone]\n"),
      6,
      "unknown_step",
      "gone",
    ],
    ["with a slip of the pen", flow("  a:\n    type: trigger\n    nxt: [b]\n"), 6, "unknown_word", "nxt"],
    ["with a kind of step that there is not", flow("  a:\n    type: triger\n"), 5, "wrong_shape", "steps.a.type"],
    ["with a step twice", flow("  a: {type: end}\n  a: {type: end}\n"), 5, "not_yaml", "unique"],
    ["with a bracket that is not closed", flow("  a: {type: end\n"), 5, "not_yaml", ""],
    ["with an alias", flow("  a: &a {type: end}\n  b: *a\n"), 5, "alias", "*name"],
    ["with a tag", flow("  a: !!js/function {type: end}\n"), 4, "not_yaml", "tag"],
    ["with a number that is none", flow("  a: {type: end, at: [.nan, 1]}\n"), 4, "wrong_shape", "steps.a.at"],
  ] as const)("%s", (...[, file, line, code, said]) => {
    const { problems, message } = refusalOf(file);
    expect(problems[0]).toMatchObject({ line, code });
    expect(message).toContain(`Line ${String(line)}, column `);
    expect(message).toContain(said);
  });

  test("wherever it is cut off", () => {
    expect(readFlowFile(whole).flow).toBe("One");
    for (let end = 0; end < whole.trimEnd().length; end++)
      expect([end, refusalOf(whole.slice(0, end)).problems.length]).toEqual([end, 1]);
  });
});
