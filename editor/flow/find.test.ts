import { expect, test } from "vitest";
import { findSteps } from "./find.js";
import { aNode } from "./testing/drafts.js";

const nodes = [
  aNode("later", "wait", { position: { x: 500, y: 0 }, title: "Two days" }),
  aNode("ticket", "action", { position: { x: 0, y: 80 }, title: "Créer un ticket", comment: "Ask Ana" }),
  aNode("note", "action", { position: { x: 0, y: 0 }, title: "CRM note" }),
];
const found = (search: string) =>
  findSteps(nodes, search, ({ title, id }) => ({ title, sentence: `does ${id}` })).map(({ id }) => id);

test.each([
  ["creer", ["ticket"]],
  ["does", ["note", "ticket", "later"]],
  ["TICKET does", ["ticket"]],
  ["ana", ["ticket"]],
  ["later", ["later"]],
  ["", []],
  ["nothing of it", []],
])("%j finds %j, from left to right and down", (search, ids) => {
  expect(found(search)).toEqual(ids);
});
