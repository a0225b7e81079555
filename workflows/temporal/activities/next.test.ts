import { describe, expect, it, test } from "vitest";
import type { Command } from "../../flow/commands.js";
import type { EffectRow } from "../../ledger/effect-store.js";
import { timingSchema } from "../timing.js";
import { dueAtOf, nextOf, type Picture, type Timing } from "./next.js";

const now = new Date("2031-05-04T12:00:00Z");
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const timing: Timing = { ...timingSchema.parse({}), deadlineOf: () => 20_000, showState: false };
const DAY_S = 86_400;

const effect = (difference: Partial<EffectRow> = {}): EffectRow => ({
  id: "e1",
  workspace_id: "w",
  owner_kind: "run",
  owner_id: "r",
  node_id: "tell",
  slot: "main",
  iteration: 0,
  key: "lw_1",
  action: "slack.postMessage@1",
  connection_id: null,
  state: "intent",
  request: null,
  on_ambiguous: "park",
  closing: false,
  barred: false,
  retry_until: at(3_600),
  token: null,
  claimed_until: null,
  first_sending_at: null,
  doubt_since: null,
  forgotten_until: null,
  not_before: null,
  slot_reserved: false,
  attempts: 0,
  external_id: null,
  url: null,
  code: null,
  message: null,
  created_at: now,
  settled_at: null,
  ...difference,
});

const perform = ({ id, node_id, slot, iteration, closing }: EffectRow): Command => ({
  ...{ kind: "perform", nodeId: node_id, slot, iteration, effectId: id, closing, lookUpOnly: false },
});
const sleep = (seconds: number): Command => ({ kind: "sleep", nodeId: "pause", until: at(seconds).toISOString() });

function picture(effects: readonly EffectRow[], more: Partial<Picture> = {}): Picture {
  const view = { state: "running", outcome: null, steps: {} } as const;
  return { now, standsStill: false, view, commands: effects.map(perform), effects, connections: [], ...more };
}
const next = (...args: Parameters<typeof picture>) => nextOf(picture(...args), timing);
const started = (...args: Parameters<typeof picture>) => next(...args).start.map(({ effectId }) => effectId);

describe("how long the driver waits", () => {
  it.each([
    [-60, 1_000],
    [0.2, 1_000],
    [90, 90_000],
    [DAY_S * 40, DAY_S * 1_000],
  ])("a timer in %d s, by the database's clock: %d ms", (seconds, waitMs) => {
    expect(next([], { commands: [sleep(seconds)] }).waitMs).toBe(waitMs);
  });

  it("a day, where only a person or an outside event can move the run", () => {
    expect(next([], { commands: [] }).waitMs).toBe(DAY_S * 1_000);
    expect(dueAtOf(picture([], { commands: [] }), timing)).toBeNull();
  });
});

describe("when the run is due", () => {
  it.each<[string, Partial<EffectRow>, number]>([
    ["at its slot", { not_before: at(40), slot_reserved: true }, 40],
    ["at the end of a live claim", { state: "sending", claimed_until: at(30) }, 30],
    ["two minutes after its next try, which is Temporal's", { not_before: at(40) }, 160],
    ["two minutes from now while it is being tried", {}, 120],
  ])("%s", (_name, difference, seconds) => {
    expect(dueAtOf(picture([effect(difference)]), timing)).toEqual(at(seconds));
  });

  it("at the earliest of everything that is open", () => {
    const effects = [effect({ not_before: at(40), slot_reserved: true }), effect({ id: "e2", not_before: at(9) })];
    const commands = [...effects.map(perform), sleep(20)];
    expect(dueAtOf(picture(effects, { commands }), timing)).toEqual(at(20));
  });
});

describe("what starts", () => {
  const paused = { id: "c", connector: "slack", state: "paused" } as const;

  it.each<[string, Partial<EffectRow>, Partial<Picture>]>([
    ["before its slot or its next try", { not_before: at(1) }, {}],
    ["under a live claim", { state: "sending", claimed_until: at(1) }, {}],
    ["over a connection that is paused", { connection_id: "c" }, { connections: [paused] }],
    ["in a database that stands still", {}, { standsStill: true }],
  ])("nothing %s; it stays open", (_name, difference, more) => {
    const { open, start } = next([effect(difference)], more);
    expect({ open, start }).toEqual({ open: ["e1"], start: [] });
  });

  it("what is due, also where its claim lapsed: that is looked up", () => {
    expect(started([effect(), effect({ id: "e2", state: "sending", claimed_until: at(-1) })])).toEqual(["e1", "e2"]);
  });

  it("nothing that the plan does not name: it is not open any more, and is cancelled where it is in flight", () => {
    expect(next([effect()], { commands: [] })).toMatchObject({ open: [], start: [] });
  });
});

test("Temporal tries until `retry_until`, and for one more try, whose claim then says that it is over", () => {
  // A look-up and a send of twenty seconds each, and the claim's margin.
  const tryMs = 50_000;
  expect(next([effect({ retry_until: at(600) })]).start).toEqual([
    {
      effectId: "e1",
      activity: "slack.postMessage",
      connector: "slack",
      door: "w/tell",
      isFirst: true,
      closeMs: 650_000,
      tryMs,
      heartbeatMs: 15_000,
    },
  ]);
  expect(next([effect({ retry_until: at(-600) })]).start[0]?.closeMs).toBe(tryMs);
});
