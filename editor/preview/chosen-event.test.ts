import { expect, test } from "vitest";
import type { PastEvent } from "../../server/tries/try-api.js";
import { pastEvents } from "../e2e/fixtures/tries.js";
import { chosenOf } from "./chosen-event.js";

const [first] = pastEvents;
const event = (responseId: string, starts: boolean | null): PastEvent => ({
  ...(first as PastEvent),
  responseId,
  starts,
});
const events = [event("newest", false), event("starting", true), event("older", true)];
const idOf = (...asked: Parameters<typeof chosenOf>) => chosenOf(...asked)?.responseId ?? null;

test("what was chosen stays chosen while it is there", () => {
  expect(idOf(events, "older")).toBe("older");
  expect(idOf(events, "long gone")).toBe("starting");
});

test("else it is the newest that starts the flow, else the newest", () => {
  expect(idOf(events, null)).toBe("starting");
  expect(idOf([event("newest", null), event("older", false)], null)).toBe("newest");
  expect(idOf([], null)).toBeNull();
});
