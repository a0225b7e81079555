import { expect, test } from "vitest";
import { eventParts } from "./event-parts.js";

test("the words stand apart, ids at the end, and nothing is lost", () => {
  const parts = eventParts({
    feedback: {
      id: "r1",
      sourceId: "s1",
      score: 2,
      metric: "nps",
      comment: "Late.",
      product: "App",
      attributes: { store: "Lyon" },
    },
    contact: { name: "Jane Doe" },
    account: null,
  });
  expect(parts).toEqual({
    comment: "Late.",
    feedback: { product: "App" },
    attributes: { store: "Lyon" },
    contact: { name: "Jane Doe" },
    account: {},
    start: null,
    ids: { id: "r1", sourceId: "s1" },
  });
});

test("an event without words or people is read all the same", () => {
  expect(eventParts({})).toMatchObject({ comment: "", feedback: {}, contact: {}, account: {} });
});
