import { describe, expect, test } from "vitest";
import type { Command } from "./commands.js";
import { evaluate, wake, type World } from "./evaluate.js";
import type { NewFact } from "./facts.js";
import { fold } from "./fold.js";
import { plan } from "./interpreter.js";
import type { DraftNode, PublishedFlow } from "./schema.js";
import { connections } from "./testing/a-catalogue.js";
import { aFlow, aNode } from "./testing/a-flow.js";
import { aContext, aWorld } from "./testing/a-world.js";
import { aFact, factList, failed, planned, settled, started } from "./testing/facts.js";

const isEvaluate = (command: Command) => command.kind === "evaluate";

/** Evaluates the first command that asks for it. */
function evaluated(flow: PublishedFlow, facts: readonly NewFact[], world: Partial<World> = {}) {
  const run = factList(started, ...facts);
  const command = plan(flow, run).find(isEvaluate);
  if (!command) throw new Error("Nothing to evaluate.");
  return evaluate(fold(flow, run), command, aWorld(world));
}
const one = (node: DraftNode, output = "next") =>
  aFlow([node, aNode("action", "after")], `start > node, node:${output} > after`);
const factsOf = (node: DraftNode, output?: string, world?: Partial<World>) =>
  evaluated(one(node, output), [], world).facts;
const withScore = (score: unknown) => ({ context: aContext({ feedback: { ...aContext().feedback, score } }) });

describe("choices", () => {
  test.each([
    [6, "yes"],
    [7, "no"],
    [null, "no"],
  ])("a condition 'score at most 6' takes for %s the way %s", (score, output) => {
    expect(factsOf(aNode("condition", "node"), "yes", withScore(score))).toEqual([
      { kind: "chose", nodeId: "node", data: { output } },
    ]);
  });

  test("what cannot be judged is stuck with its reason, never 'no'", () => {
    expect(factsOf(aNode("condition", "node"), "yes", withScore("six"))).toEqual([
      {
        kind: "stuck",
        nodeId: "node",
        data: { code: "wrong_type", field: "feedback.score" },
        sealed: { message: "feedback.score should be a number, and is not." },
      },
    ]);
  });

  test("a switch takes the first case that is true, or 'otherwise'", () => {
    const cases = ["promoter", "detractor", "detractor"].map((category, index) => ({
      output: `case${index}`,
      title: category,
      when: { match: "all", rows: [{ field: "feedback.category", operator: "equals", value: category }] },
    }));
    const node = aNode("switch", "node", { cases });
    const passive = { context: aContext({ feedback: { ...aContext().feedback, category: "passive" } }) };
    expect(factsOf(node, "case1")).toMatchObject([{ data: { output: "case1" } }]);
    expect(factsOf(node, "case1", passive)).toMatchObject([{ data: { output: "otherwise" } }]);
  });

  test.each([
    [0, "a"],
    [0.299, "a"],
    [0.3, "c"],
    [0.999_999, "c"],
  ])("a split of 30, 0 and 70 sends %s to %s", (chance, output) => {
    const shares = [
      { output: "a", title: "A", percent: 30 },
      { output: "b", title: "B", percent: 0 },
      { output: "c", title: "C", percent: 70 },
    ];
    expect(factsOf(aNode("split", "node", { shares }), "a", { chance: () => chance })).toMatchObject([
      { data: { output } },
    ]);
  });
});

describe("values and waits", () => {
  test("set values are rendered, and sealed", () => {
    const node = aNode("set", "node", { values: [{ name: "hello", template: "Hi {{ feedback.id }}" }] });
    expect(factsOf(node)).toEqual([
      { kind: "set", nodeId: "node", data: { names: ["hello"] }, sealed: { values: { hello: "Hi response-1" } } },
    ]);
  });

  test("a duration counts from now, an hour of the day is asked of the zones", () => {
    const duration = aNode("wait", "node", { duration: { amount: 2, unit: "days" } });
    const until = {
      ...aNode("wait", "node"),
      config: { mode: "until", time: "09:00", zone: "Europe/Paris", days: [1] },
    };
    expect(factsOf(duration)).toMatchObject([{ kind: "waits", data: { until: "2026-03-04T09:00:00.000Z" } }]);
    expect(factsOf(until)).toMatchObject([{ kind: "waits", data: { until: "2026-03-02T10:00:00.000Z" } }]);
  });

  test("a zone that is not known makes the step stuck", () => {
    const until = { ...aNode("wait", "node"), config: { mode: "until", time: "09:00", zone: "Mars", days: [1] } };
    const zones = {
      nextLocalTime: () => {
        throw new RangeError("Invalid time zone: Mars");
      },
    };
    expect(factsOf(until, "next", { zones })).toMatchObject([
      { kind: "stuck", data: { code: "unknown_zone", field: "zone" } },
    ]);
  });

  test("a sleep is woken when its time has come, not before", () => {
    const sleep = { kind: "sleep", nodeId: "node", until: "2026-03-02T10:00:00.000Z" } as const;
    expect(wake(sleep, new Date("2026-03-02T09:59:59.999Z"))).toBeNull();
    expect(wake(sleep, new Date("2026-03-02T10:00:00.000Z"))).toEqual({ kind: "woke", nodeId: "node", data: {} });
  });
});

describe("actions", () => {
  const input = { channel: "#cx", text: "Score {{ feedback.score | default: '?' }}" };
  const flow = one(aNode("action", "node", { input, retryFor: { amount: 2, unit: "hours" } }));

  test("are rendered once, with their retry time, into a fact and an effect of one id", () => {
    const retryUntil = "2026-03-02T11:00:00.000Z";
    const slot = { slot: "main", iteration: 0, effectId: "id-1", action: "slack.postMessage@1", closing: false };
    expect(evaluated(flow, [])).toEqual({
      facts: [{ kind: "planned", nodeId: "node", data: { ...slot, retryUntil } }],
      effects: [
        {
          ...slot,
          nodeId: "node",
          connectionId: connections.slack,
          input: { channel: "#cx", text: "Score 3" },
          retryUntil: new Date(retryUntil),
          onAmbiguous: "park",
        },
      ],
      approval: null,
    });
  });

  test.each([
    [{ idempotencyHonoured: true }, "resend"],
    [{ idempotencyHonoured: false }, "park"],
    [{}, "park"],
  ] as const)("a doubt becomes what the action's own form says of it: %j", (said, onAmbiguous) => {
    const config = { action: "http.request@1", connectionId: null, input: { url: "https://x.example", ...said } };
    for (const ofNode of ["park", "resend"]) {
      const honest = one(aNode("action", "node", { ...config, onAmbiguous: ofNode }));
      expect(evaluated(honest, []).effects).toMatchObject([{ onAmbiguous }]);
    }
  });

  test("a request that a person changed is sent as changed", () => {
    const changed = { channel: "#else", text: "Changed" };
    const retried = aFact("retried", "node", { slot: "main", iteration: 1, by: "ann" }, { input: changed });
    expect(evaluated(flow, [...failed("node"), retried]).effects).toMatchObject([{ iteration: 1, input: changed }]);
  });

  test("a changed request is checked like any other", () => {
    const retried = aFact(
      "retried",
      "node",
      { slot: "main", iteration: 1, by: "ann" },
      { input: { channel: "#x", text: "" } },
    );
    expect(evaluated(flow, [...failed("node"), retried])).toMatchObject({
      facts: [{ kind: "stuck", data: { code: "invalid_input", field: "input.text" } }],
      effects: [],
    });
  });

  test("a later step reads the clear and the sealed output of an earlier one, the error of a failed one, and what a skip gave", () => {
    const text =
      "{{ steps.node.ts | default: 'none' }} {{ steps.node.channel | default: 'none' }} {{ steps.node.error | default: 'none' }}";
    const flow = aFlow(
      [aNode("action", "node"), aNode("action", "after", { input: { channel: "#cx", text } })],
      "start > node, node > after, node:failure > after",
    );
    const textAfter = (...facts: NewFact[]) => evaluated(flow, [planned("node"), ...facts]).effects[0]?.input["text"];
    const output = settled("node", "done", { output: { ts: "17" } }, { output: { channel: "C1" } });
    expect(textAfter(output)).toBe("17 C1 none");
    expect(textAfter(settled("node", "failed", { code: "x" }, { message: "No such channel" }))).toBe(
      "none none No such channel",
    );
    const doubt = settled("node", "ambiguous");
    const skipped = aFact("skipped", "node", { by: "ann", output: "next" }, { output: { ts: "by hand" } });
    expect(textAfter(doubt, skipped)).toBe("by hand none none");
  });

  test("a node never reads what a branch beside it has done", () => {
    const text = "{{ values.who | default: 'nobody' }}";
    const flow = aFlow(
      [
        aNode("condition", "check"),
        aNode("set", "mine", { values: [{ name: "who", template: "mine" }] }),
        aNode("set", "theirs", { values: [{ name: "who", template: "theirs" }] }),
        aNode("action", "after", { input: { channel: "#cx", text } }),
        aNode("end", "last"),
      ],
      "start > check, check:yes > mine, check:no > after, mine > after, start > theirs, theirs > last",
    );
    const theirs = aFact("set", "theirs", { names: ["who"] }, { values: { who: "theirs" } });
    const facts = [theirs, aFact("chose", "check", { output: "no" })];
    expect(evaluated(flow, facts).effects[0]?.input["text"]).toBe("nobody");
  });
});

test("a command for nothing makes no fact but 'stuck', and never throws", () => {
  const flow = one(aNode("action", "node"));
  const command = { kind: "evaluate", nodeId: "nobody", slot: "main", iteration: 0 } as const;
  expect(evaluate(fold(flow, []), command, aWorld()).facts).toMatchObject([
    { kind: "stuck", data: { code: "nothing_to_do" } },
  ]);
});

describe("what colleagues read", () => {
  const said = {
    context: aContext({
      feedback: { ...aContext().feedback, comment: "Call +33 6 98 76 54 32 or write to Ada@example.com" },
    }),
  };
  const text = '{{ contact.name | default: "?" }}: {{ feedback.comment | default: "?" }}';
  const post = (config: object) =>
    aNode("action", "node", { action: "slack.postMessage@1", connectionId: connections.slack, ...config });
  const sent = (node: DraftNode) => evaluated(one(node), [], said).effects[0]?.input["text"];

  test("holds no address and no number that somebody typed", () => {
    expect(sent(post({ input: { channel: "#cx", text } }))).toBe("Ada: Call [phone] or write to [e-mail]");
  });

  test.each([10, 20, 30, 40, 45, 50])("holds no part of one, wherever a text is cut: after %i signs", (length) => {
    const cut = `{{ feedback.comment | default: "?" | truncate: ${String(length)} }}`;
    expect(sent(post({ input: { channel: "#cx", text: cut } }))).not.toMatch(/\d|ada/i);
  });

  test("holds the contact's own where the text asks for it", () => {
    expect(
      sent(
        post({
          input: { channel: "#cx", text: '{{ contact.email | default: "?" }} – {{ feedback.comment | default: "?" }}' },
        }),
      ),
    ).toBe("ada@example.com – Call [phone] or write to Ada@example.com");
  });

  test("holds everything where its author says so", () => {
    expect(sent(post({ input: { channel: "#cx", text }, showsPersonalData: true }))).toBe(
      "Ada: Call +33 6 98 76 54 32 or write to Ada@example.com",
    );
  });

  test("is masked on the card of an approval as well", () => {
    const asking = aNode("approval", "node", { connectionId: connections.slack, title: "Call?", text });
    const { approval } = evaluated(one(asking, "approved"), [], said);
    expect(approval?.text).toBe("Ada: Call [phone] or write to [e-mail]");
  });
});
