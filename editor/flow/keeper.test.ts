import { expect, test } from "vitest";
import type { KeptDraft } from "./kept-drafts.js";
import { createKeeper } from "./keeper.js";
import { aFlow, aNode } from "./testing/drafts.js";

function keeping() {
  const written: KeptDraft[] = [];
  const timers = new Set<() => void>();
  let erased = 0;
  const keeper = createKeeper({
    write: (kept) => written.push(kept),
    erase: () => (erased += 1),
    later: (run) => {
      const timer = () => run();
      timers.add(timer);
      return () => timers.delete(timer);
    },
  });
  const passTime = () =>
    [...timers].forEach((run) => {
      timers.delete(run);
      run();
    });
  return { keeper, timers, written, passTime, erased: () => erased };
}

const typed = (title: string): KeptDraft => ({
  draft: aFlow({ nodes: [aNode("done", "end", { title })], edges: [] }),
  revision: 1,
});

test("letters that come together are written once, the last of them", () => {
  const { keeper, written, passTime } = keeping();
  const all = ["a", "as", "ask"].map(typed);
  all.forEach(keeper.keep);
  expect(written).toEqual([]);
  passTime();
  expect(written).toEqual([all[2]]);
});

test("letters that never pause are written all the same: the clock runs from the first of them", () => {
  const { keeper, timers } = keeping();
  ["a", "as", "ask"].map(typed).forEach(keeper.keep);
  expect(timers.size).toBe(1);
});

test("what comes later is written later", () => {
  const { keeper, written, passTime } = keeping();
  for (const word of ["ask", "ask again"]) {
    keeper.keep(typed(word));
    passTime();
  }
  expect(written).toEqual([typed("ask"), typed("ask again")]);
});

test("when the page goes, what waits is written at once, and not a second time", () => {
  const { keeper, written, passTime } = keeping();
  keeper.keep(typed("ask"));
  keeper.flush();
  passTime();
  expect(written).toEqual([typed("ask")]);
});

test("what the server has is not written any more", () => {
  const { keeper, written, passTime, erased } = keeping();
  keeper.keep(typed("ask"));
  keeper.forget();
  passTime();
  expect(written).toEqual([]);
  expect(erased()).toBe(1);
});
