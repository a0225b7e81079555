import { describe, expect, it } from "vitest";
import { ACTIVE_FOR, HELD_FOR, holderOf, isActive, judgeTake, mayWrite, type Tab } from "./pen.js";

const maya: Tab = { tabId: "maya-1", memberId: "maya", hasPen: true, idle: 0 };
const jonas: Tab = { tabId: "jonas-1", memberId: "jonas", hasPen: false, idle: Infinity };

describe("the pen", () => {
  it("is with the page that took it, for as long as it changes something", () => {
    expect(holderOf([jonas, maya])).toBe(maya);
    expect(holderOf([jonas])).toBeNull();
    expect(holderOf([{ ...maya, idle: HELD_FOR - 1 }])).not.toBeNull();
    expect(holderOf([{ ...maya, idle: HELD_FOR }])).toBeNull();
  });

  it.each([
    { when: "nobody holds it", holder: null, tabId: "jonas-1", verdict: "free" },
    { when: "it is theirs", holder: maya, tabId: "maya-1", verdict: "own" },
    { when: "its holder is at work", holder: maya, tabId: "jonas-1", verdict: "ask" },
    {
      when: "it is known that its holder is at work",
      holder: maya,
      tabId: "jonas-1",
      evenIfActive: true,
      verdict: "over",
    },
    { when: "its holder rests", holder: { ...maya, idle: ACTIVE_FOR }, tabId: "jonas-1", verdict: "over" },
    { when: "their other tab is at work", holder: maya, tabId: "maya-2", verdict: "ask" },
  ])("when somebody wants it and $when", ({ holder, tabId, evenIfActive = false, verdict }) => {
    expect(judgeTake(holder, { tabId, evenIfActive })).toBe(verdict);
  });

  it("is what a page needs to save, and a member by other means; programs go by the revision alone", () => {
    const member = { kind: "member" } as const;
    expect(mayWrite(null, { ...member, id: "jonas", tabId: "jonas-1" })).toBe(true);
    expect(mayWrite(maya, { ...member, id: "maya", tabId: "maya-1" })).toBe(true);
    expect(mayWrite(maya, { ...member, id: "maya", tabId: "maya-2" })).toBe(false);
    expect(mayWrite(maya, { ...member, id: "maya" })).toBe(true);
    expect(mayWrite(maya, { ...member, id: "jonas" })).toBe(false);
    expect(mayWrite(maya, { kind: "token", id: "ci" })).toBe(true);
  });

  it("is asked about only within a minute of a change", () => {
    expect([isActive(maya), isActive({ ...maya, idle: ACTIVE_FOR })]).toEqual([true, false]);
  });
});
