import { describe, expect, it } from "vitest";
import { ACTIVE_FOR, HELD_FOR, holderOf, isActive, mayWrite, mustAsk, type Tab } from "./pen.js";

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
    { when: "it is theirs", holder: maya, tabId: "maya-1", isAsked: false },
    { when: "its holder is at work", holder: maya, tabId: "jonas-1", isAsked: true },
    { when: "it is known that its holder is at work", holder: maya, tabId: "jonas-1", known: true, isAsked: false },
    { when: "its holder rests", holder: { ...maya, idle: ACTIVE_FOR }, tabId: "jonas-1", isAsked: false },
    { when: "their other tab is at work", holder: maya, tabId: "maya-2", isAsked: true },
  ])("when somebody wants it and $when", ({ holder, tabId, known = false, isAsked }) => {
    expect(mustAsk(holder, { tabId, evenIfActive: known })).toBe(isAsked);
  });

  it("is what a page needs to save, and a member by other means; programs go by the revision alone", () => {
    const member = { kind: "member" } as const;
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
