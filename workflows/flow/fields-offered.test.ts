import { expect, test } from "vitest";
import { fieldsOffered } from "./fields-offered.js";
import type { DraftNode } from "./schema.js";
import { aCatalogue } from "./testing/a-catalogue.js";
import { aDraft, aNode } from "./testing/a-flow.js";

const off = (node: DraftNode): DraftNode => ({ ...node, disabled: true });
const hello = aNode("set", "hello");
const named = aNode("set", "named", { values: [{ name: "name", template: "Ada" }] });
const tell = aNode("action", "tell");
const valuesAt = (nodes: readonly DraftNode[]) =>
  fieldsOffered(aDraft(nodes, "start > hello, hello > named, named > tell"), "tell", aCatalogue())
    .map(({ path }) => path)
    .filter((path) => path.startsWith("values."));

test("a step is offered what those before it give", () => {
  expect(valuesAt([hello, named, tell])).toEqual(["values.greeting", "values.name"]);
});

test("nothing of a step that is switched off is offered", () => {
  expect(valuesAt([hello, off(named), tell])).toEqual(["values.greeting"]);
});

test("a step that is switched off is itself offered what it could read if it were on", () => {
  expect(valuesAt([hello, off(named), off(tell)])).toEqual(["values.greeting"]);
});
