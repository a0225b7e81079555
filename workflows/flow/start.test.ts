import { describe, expect, test } from "vitest";
import { compileKey } from "./compile-key.js";
import { fieldsAt } from "./field-flow.js";
import { publish, readPublishedFlow } from "./publish.js";
import { sentenceOf, usualTitle } from "./sentence.js";
import { simulate } from "./simulate.js";
import type { Start, StartField } from "./start.js";
import { startFields } from "./start.js";
import { readStartValues } from "./start-values.js";
import { aCatalogue } from "./testing/a-catalogue.js";
import { aDraft, aNode, problemsOf, published, surroundings, ways } from "./testing/a-flow.js";
import { aContext, aWorld } from "./testing/a-world.js";
import { compileTriggers } from "./triggers.js";

const field = (name: string, rest: Partial<StartField> = {}): StartField => ({
  ...{ name, title: name, type: "string", required: true },
  ...rest,
});
const call = (...fields: StartField[]): Start => ({ kind: "call", fields });
const schedule = (cron = "0 9 * * 1-5", timeZone = "Europe/Paris"): Start => ({ kind: "schedule", cron, timeZone });
const tell = (text: string) => aNode("action", "tell", { input: { channel: "#cx", text } });

const draftOf = (start: Start, text = "Hello", more: object = {}) => ({
  ...aDraft([], "start > tell"),
  nodes: [aNode("trigger", "start", { start, ...more }), tell(text)],
});
const codesOf = (start: Start, text?: string, more?: object) =>
  problemsOf(draftOf(start, text, more)).map(({ field: where, code }) => [where, code]);

describe("a flow that no feedback starts", () => {
  test("reads what started it: when, by whom, and what they filled in", () => {
    const start = call(field("reason"), field("urgent", { type: "boolean", required: false }));
    const text = 'At {{ start.at }} by {{ start.by }}: {{ start.reason }}, {{ start.urgent | default: "no" }}';
    expect(codesOf(start, text)).toEqual([]);
    expect(codesOf(schedule(), "At {{ start.at }}")).toEqual([]);
    expect(codesOf(schedule(), "By {{ start.by }}")).toEqual([["input.text", "unknown_field"]]);
    expect(codesOf(call(field("reason", { required: false })), "{{ start.reason }}")).toEqual([
      ["input.text", "field_may_be_missing"],
    ]);
  });

  test("knows no feedback, and a contact only where a field names one", () => {
    expect(codesOf(schedule(), "{{ feedback.source }}")).toEqual([["input.text", "unknown_field"]]);
    expect(codesOf(call(field("reason")), "{{ contact.email }}")).toEqual([["input.text", "unknown_field"]]);
    expect(codesOf(call(field("whom", { type: "contact" })), "{{ contact.email }}")).toEqual([]);
    expect(codesOf(call(field("whom", { type: "contact", required: false })), "{{ contact.email }}")).toEqual([
      ["input.text", "field_may_be_missing"],
    ]);
    expect(fieldsAt(aDraft([tell("")], "start > tell"), "tell", aCatalogue()).map(({ path }) => path)).toContain(
      "feedback.score",
    );
  });

  test("is judged by what started it, in the dry run too", () => {
    const start = call(field("amount", { type: "number" }), field("day", { type: "date" }));
    const check = aNode("condition", "check", {
      when: { cel: 'start.amount > 100 && start.day < timestamp("2026-02-01T00:00:00Z")' },
    });
    const drawn = {
      ...draftOf(start, "{{ start.amount }} on {{ start.day }}"),
      nodes: [aNode("trigger", "start", { start }), check, tell("{{ start.amount }} on {{ start.day }}")],
      edges: ways("start > check, check:yes > tell"),
    };
    const given = { at: "2026-03-02T08:00:00.000Z", by: "Ann", amount: 150, day: "2026-01-31" };
    const context = aContext({ feedback: {}, contact: null, account: null, start: given });
    const { effects, view } = simulate(published(drawn), aWorld({ context }));
    expect(view.state).toBe("finished");
    expect(effects).toMatchObject([{ input: { text: "150 on 2026-01-31" } }]);
  });

  test("is not started by feedback, of whatever source", () => {
    const context = aContext();
    const entry = (start?: Start) => ({
      flowId: "f",
      versionId: "v",
      flow: published(start ? draftOf(start) : aDraft([tell("Hello")], "start > tell")),
    });
    const matchedBy = (start?: Start) => compileTriggers([entry(start)]).match(context).matched.length;
    expect(matchedBy()).toBe(1);
    expect(matchedBy(schedule())).toBe(0);
    expect(matchedBy(call())).toBe(0);
  });

  test("is taken one at a time by what was filled in", () => {
    const start = call(field("order"));
    const key = { by: { expression: "start.order" }, then: "queue" } as const;
    expect(codesOf(start, "Hello", { key })).toEqual([]);
    expect(codesOf(start, "Hello", { key: { ...key, by: { expression: "feedback.metric" } } })).toEqual([
      ["key.by.expression", "unknown_field"],
    ]);
    const read = compileKey(key, startFields(start));
    expect(read({ fields: { start: { order: "4711" } }, contactId: null, accountId: null })).toEqual({
      ok: true,
      value: "string:4711",
    });
  });

  test("as published before, it is read as it was", () => {
    const before = published(aDraft([tell("Hello")], "start > tell"));
    const [trigger] = readPublishedFlow(JSON.parse(JSON.stringify(before))).nodes;
    expect(trigger?.config).not.toHaveProperty("start");
  });
});

describe("what keeps it from being published", () => {
  test.each([
    [schedule("0 9 * *"), "start.cron", "wrong_cron"],
    [schedule("0 9 13 * 5"), "start.cron", "wrong_cron"],
    [schedule("0 9 * * *", "Mars/Olympus"), "start.timeZone", "unknown_zone"],
    [call(field("reason"), field("reason")), "start.fields[1].name", "repeated_field"],
    [call(field("by")), "start.fields[0].name", "repeated_field"],
    [call(field("a", { type: "contact" }), field("b", { type: "contact" })), "start.fields[1].type", "second_contact"],
    [call(field("a", { title: " " })), "start.fields[0].title", "too_little"],
  ])("%o: %s %s", (start, where, code) => expect(codesOf(start)).toEqual([[where, code]]));

  test("it listens to feedback too", () => {
    for (const more of [{ sources: ["survey"] }, { metrics: ["nps"] }, { when: { cel: "true" } }])
      expect(codesOf(schedule(), "Hello", more)).toEqual([["start", "start_listens_too"]]);
  });

  test("it is for what needs consent, and is about nobody", () => {
    const more = { purpose: "marketing" };
    expect(codesOf(schedule(), "Hello", more)).toEqual([["purpose", "nobody_agreed"]]);
    expect(codesOf(call(field("whom", { type: "contact" })), "Hello", more)).toEqual([]);
  });
});

describe("a schedule that comes very often", () => {
  const warned = (cron: string) => {
    const publication = publish(draftOf(schedule(cron)), surroundings());
    return publication.warnings.map(({ nodeId, field: where, code, params }) => [nodeId, where, code, params]);
  };

  test("can be published, and is warned of", () => {
    expect(warned("* * * * *")).toEqual([["start", "start.cron", "starts_often", { times: 1440 }]]);
    expect(warned("*/10 * * * *")).toMatchObject([["start", "start.cron", "starts_often", { times: 144 }]]);
    expect(warned("*/15 * * * *")).toEqual([]);
    expect(warned("0 9 * * *")).toEqual([]);
  });
});

describe("what is filled in", () => {
  const fields = [
    field("reason"),
    field("amount", { type: "number", required: false }),
    field("urgent", { type: "boolean", required: false }),
    field("day", { type: "date", required: false }),
    field("whom", { type: "contact", required: false }),
  ];
  const codes = (given: object) => {
    const read = readStartValues(fields, { ...given });
    return read.ok ? read.values : read.problems.map((one) => [one.field, one.code]);
  };

  test("is read as the form asks for it, and what is empty is left out", () => {
    expect(codes({ reason: "Late", amount: 0, urgent: false, day: "2024-02-29", whom: " ann@example.com " })).toEqual({
      ...{ reason: "Late", amount: 0, urgent: false, day: "2024-02-29", whom: "ann@example.com" },
    });
    expect(codes({ reason: "Late", amount: null, day: " ", whom: "" })).toEqual({ reason: "Late" });
  });

  test.each([
    [{}, [["reason", "value_missing"]]],
    [{ reason: " " }, [["reason", "value_missing"]]],
    [{ reason: 5 }, [["reason", "wrong_value"]]],
    [{ reason: "x".repeat(2001) }, [["reason", "wrong_value"]]],
    [{ reason: "x", amount: "5" }, [["amount", "wrong_value"]]],
    [{ reason: "x", urgent: "yes" }, [["urgent", "wrong_value"]]],
    [{ reason: "x", day: "2026-02-30" }, [["day", "wrong_value"]]],
    [{ reason: "x", whom: "ann" }, [["whom", "wrong_value"]]],
    [{ reason: "x", constructor: 1 }, [["constructor", "unknown_field"]]],
  ])("%o is refused", (given, problems) => expect(codes(given)).toEqual(problems));
});

describe("how it is told", () => {
  const said = (start: Start, language: "en" | "fr") => sentenceOf(aNode("trigger", "start", { start }), language);

  test("a schedule in words, or as its line", () => {
    expect(said(schedule(), "en")).toBe("Every weekday at 09:00 (Europe/Paris)");
    expect(said(schedule("30 18 * * 0"), "en")).toBe("Every Sunday at 18:30 (Europe/Paris)");
    expect(said(schedule("0 7 1 * *"), "fr")).toBe("Chaque mois, le 1er, à 07:00 (Europe/Paris)");
    expect(said(schedule("*/10 * * * *"), "en")).toBe("By the schedule “*/10 * * * *” (Europe/Paris)");
  });

  test("a call with the fields of its form", () => {
    expect(said(call(), "en")).toBe("When somebody starts it by hand or by API");
    expect(said(call(field("a", { title: "Reason" }), field("b", { title: "Store" })), "fr")).toBe(
      "Quand quelqu'un le lance à la main ou par l'API, avec Reason et Store",
    );
  });

  test("a trigger without a name is called by what starts it, also while its form is unfinished", () => {
    const titled = (config: object) => usualTitle({ ...aNode("trigger", "start", { ...config }) }, "en");
    expect(titled({})).toBe("When feedback arrives");
    expect(titled({ start: { kind: "schedule" } })).toBe("On a schedule");
    expect(titled({ start: call() })).toBe("When it is started");
  });
});
