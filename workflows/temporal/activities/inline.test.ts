import { expect, test } from "vitest";
import type { Next, StartEffect } from "../messages.js";
import { createBulkheads } from "./bulkheads.js";
import type { Seen } from "./commit.js";
import { attemptInline, type Inline } from "./inline.js";

const effect = (effectId: string): StartEffect => ({
  effectId,
  ...{ activity: "http.request", connector: "http", door: "door", isFirst: true },
  ...{ closeMs: 60_000, tryMs: 60_000, heartbeatMs: 60_000 },
});
const seeing = (...start: StartEffect[]): Seen => {
  const next: Next = { finished: false, state: "", open: start.map(({ effectId }) => effectId), start, waitMs: 1_000 };
  return { next, rests: false, planned: new Map() };
};

interface Place {
  readonly inline: Inline;
  readonly begun: string[];
}

function place({
  places = 50,
  budgetMs = 60_000,
  ...options
}: Partial<Inline> & { places?: number; callMs?: number }): Place {
  const begun: string[] = [];
  const perform = async (effectId: string): Promise<number> => {
    begun.push(effectId);
    await new Promise((resolve) => setTimeout(resolve, options.callMs ?? 0));
    return 1;
  };
  const performer = { perform, performPlanned: () => Promise.reject(new Error("nothing was planned here")) };
  const inline = { performer, bulkheads: createBulkheads({ places }), budgetMs, isStopping: () => false, ...options };
  return { inline, begun };
}

test("first attempts go on, one look after the other, until nothing begins", async () => {
  const { inline, begun } = place({});
  const looks = [seeing(effect("b")), seeing()];
  await attemptInline(inline, seeing(effect("a")), () => Promise.resolve(looks.shift() ?? seeing()));
  expect(begun).toEqual(["a", "b"]);
});

test("nothing begins once the worker is to stop", async () => {
  const { inline, begun } = place({ isStopping: () => begun.length > 0 });
  await attemptInline(inline, seeing(effect("a")), () => Promise.resolve(seeing(effect("b"))));
  expect(begun).toEqual(["a"]);
});

test("who waited for a place beyond the time that a look has begins nothing", async () => {
  const { inline, begun } = place({ places: 1, budgetMs: 30, callMs: 60 });
  await attemptInline(inline, seeing(effect("a"), effect("b")), () => Promise.resolve(seeing(effect("b"))));
  expect(begun).toEqual(["a"]);
});
