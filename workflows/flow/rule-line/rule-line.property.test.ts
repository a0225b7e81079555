import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { FlowDraft } from "../schema.js";
import { languages, type Language } from "../sentence.js";
import { completeLine } from "./complete.js";
import { drawLine } from "./draw.js";
import { sayFlow, tellFlow } from "./tell-flow.js";
import { MAX_LINE, parseLine } from "./parse.js";
import { printLine } from "./print.js";
import type { House } from "./house.js";
import { isSameFlow } from "./same-flow.js";
import { aHouse } from "./testing/a-house.js";
import { randomLine } from "./testing/random-line.js";
import type { Line } from "./tree.js";

/** Seeded, so that a red build is red again. */
const RUNS = { seed: 20_261_123, numRuns: 400 };
vi.setConfig({ testTimeout: 120_000 });

const language = fc.constantFrom<Language>(...(Object.keys(languages) as Language[]));

const flowOf = (line: Line, house = aHouse()): FlowDraft => drawLine(line, house);

function readBack(text: string, house = aHouse()): Line {
  const read = parseLine(text, house);
  if (!read.ok) throw new Error(`${read.problem.code} at ${String(read.problem.start)}: ${text}`);
  return read.line;
}

/** Other ids, another order, other places: the same flow. */
function scrambled({ nodes, edges, ...flow }: FlowDraft): FlowDraft {
  const name = (id: string) => `x${id}`;
  return {
    ...flow,
    retiredIds: ["gone1"],
    nodes: nodes.map((node) => ({ ...node, id: name(node.id), position: { x: 1, y: node.position.x } })).toReversed(),
    edges: edges.map(({ from, output, to }) => ({ from: name(from), output, to: name(to) })).toReversed(),
  };
}

test("what is written is read as it was meant, in both languages", () => {
  fc.assert(
    fc.property(randomLine, language, (line, spoken) => {
      const house = aHouse(spoken);
      const text = printLine(line, house);
      fc.pre(text.length <= MAX_LINE);
      expect(readBack(text, house)).toEqual(line);
    }),
    RUNS,
  );
});

test("a drawn line is told by a line that draws it again, whatever its ids, places and order", () => {
  fc.assert(
    fc.property(randomLine, language, (line, spoken) => {
      const house = aHouse(spoken);
      fc.pre(printLine(line, house).length <= MAX_LINE / 2);
      const flow = flowOf(line, house);
      for (const one of [flow, scrambled(flow)]) {
        const told = sayFlow(one, house);
        if (!told.ok) throw new Error(`${told.reason.code}: ${printLine(line, house)}`);
        expect(isSameFlow(flowOf(readBack(told.text, house), house), one)).toBe(true);
      }
    }),
    RUNS,
  );
});

test("what is shown as a rule can be read at a glance, and draws the same flow", () => {
  fc.assert(
    fc.property(randomLine, language, (line, spoken) => {
      const house = aHouse(spoken);
      const [told, said] = [tellFlow(flowOf(line, house), house), sayFlow(flowOf(line, house), house)];
      if (!told.ok) return;
      expect(told).toEqual(said);
      expect(told.text.length).toBeLessThanOrEqual(160);
    }),
    RUNS,
  );
});

test("a field that the line has no words for is never dropped: the flow cannot be told", () => {
  fc.assert(
    fc.property(randomLine, fc.nat(), fc.constantFrom("config", "input"), (line, at, where) => {
      const flow = flowOf(line);
      const odd = flow.nodes.map((node, index) => {
        if (index !== at % flow.nodes.length) return node;
        const inner = node.config["input"];
        if (where === "config" || typeof inner !== "object") return { ...node, config: { ...node.config, odd: 1 } };
        return { ...node, config: { ...node.config, input: { ...inner, odd: "" } } };
      });
      expect(sayFlow({ ...flow, nodes: odd }, aHouse()).ok).toBe(false);
    }),
    RUNS,
  );
});

test("every change of a setting, a name or a line between steps changes what is told, or leaves it untold", () => {
  fc.assert(
    fc.property(randomLine, fc.nat(), fc.nat(), (line, at, kind) => {
      const house = aHouse();
      const flow = flowOf(line);
      const changed = changes[kind % changes.length]?.(flow, at) ?? flow;
      fc.pre(!isSameFlow(flow, changed));
      const [before, after] = [sayFlow(flow, house), sayFlow(changed, house)];
      if (!after.ok) return;
      expect(before.ok && before.text === after.text).toBe(false);
      expect(isSameFlow(flowOf(readBack(after.text)), changed)).toBe(true);
    }),
    RUNS,
  );
});

const onNode =
  (change: (node: FlowDraft["nodes"][number]) => FlowDraft["nodes"][number]) => (flow: FlowDraft, at: number) => ({
    ...flow,
    nodes: flow.nodes.map((node, index) => (index === at % flow.nodes.length ? change(node) : node)),
  });
const changes: readonly ((flow: FlowDraft, at: number) => FlowDraft)[] = [
  onNode((node) => ({ ...node, title: `${node.title}!` })),
  onNode((node) => ({ ...node, config: Object.fromEntries(Object.entries(node.config).slice(1)) })),
  onNode((node) => ({ ...node, config: { ...node.config, retryFor: { amount: 3, unit: "days" } } })),
  onNode((node) => ({ ...node, config: { ...node.config, connectionId: "jira-0" } })),
  onNode((node) => ({ ...node, config: { ...node.config, showsPersonalData: true } })),
  (flow, at) => ({ ...flow, edges: flow.edges.filter((_edge, index) => index !== at % flow.edges.length) }),
  (flow, at) => {
    const from = flow.nodes[at % flow.nodes.length]?.id ?? "";
    const to = flow.nodes[(at * 7) % flow.nodes.length]?.id ?? "";
    return { ...flow, edges: [...flow.edges, { from, output: "next", to }] };
  },
];

/** What may be said there, only not this once more. */
const usedUp: ReadonlySet<string> = new Set(["said_twice", "other_metric", "several_metrics"]);

/** As far as it goes. */
function isUnderstood(text: string, house: House): boolean {
  const read = parseLine(text, house);
  return read.ok || read.problem.start === text.length || usedUp.has(read.problem.code);
}

const scraps = fc.constantFrom(
  ...'NPS|<|6|→|->|+|(|)|,|if|unless|otherwise|support callback|in|#cx|via|as|“a|"b"|wait|2|days|ask manager|and|or|from|is|one of|-|=|detractor|when|end|si|sinon|\\|é'.split(
    "|",
  ),
);
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.array(scraps, { maxLength: 60 }).map((parts) => parts.join(" ")),
  fc.array(scraps, { maxLength: 60 }).map((parts) => parts.join("")),
);

test("any text is read or refused at a place within it, and completed anywhere", () => {
  fc.assert(
    fc.property(anyText, language, fc.nat(200), (text, spoken, cursor) => {
      const house = aHouse(spoken);
      const read = parseLine(text, house);
      if (!read.ok) {
        const { start, end } = read.problem;
        expect(start >= 0 && start <= end && end <= text.length).toBe(true);
      }
      const found = completeLine(text, Math.min(cursor, text.length), house);
      if (found) expect(found.from).toBeLessThanOrEqual(found.to);
    }),
    { ...RUNS, numRuns: 1_500 },
  );
});

test.each(["(", "NPS < 6 → ", '"', "if ", "a + ", "-", "→", "é", "<", "1"])(
  "a hundred thousand characters of %j",
  (part) => {
    const text = part.repeat(Math.ceil(100_000 / part.length));
    expect(parseLine(text, aHouse())).toMatchObject({ ok: false, problem: { code: "too_long" } });
    expect(parseLine(text.slice(0, MAX_LINE), aHouse()).ok).toBe(false);
    completeLine(text, MAX_LINE, aHouse());
  },
);

test("whatever is offered after the beginning of a line is understood there", () => {
  fc.assert(
    fc.property(randomLine, language, fc.nat(), (line, spoken, at) => {
      const house = aHouse(spoken);
      const text = printLine(line, house);
      fc.pre(text.length <= MAX_LINE / 2);
      const spaces = [...text.matchAll(/ /g)].map(({ index }) => index + 1);
      const cursor = spaces[at % Math.max(spaces.length, 1)] ?? text.length;
      const found = completeLine(text, cursor, house);
      if (!found) return;
      for (const { insert } of found.offers) {
        const longer = `${text.slice(0, found.from)}${found.lead}${insert}`;
        expect([longer, isUnderstood(longer, house)]).toEqual([longer, true]);
      }
    }),
    RUNS,
  );
});
