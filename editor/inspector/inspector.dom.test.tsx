import { act, type ReactNode } from "react";
import { expect, test } from "vitest";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { FlowStoreProvider } from "../flow/store-context.js";
import { createFlowStore } from "../flow/store.js";
import { aFlow, aNode } from "../flow/testing/drafts.js";
import { Answered } from "../ui/testing/answered.js";
import { draw } from "../ui/testing/render.js";
import { Inspector } from "./inspector.js";

const missing: FlowProblem = {
  nodeId: "done",
  field: "outcome",
  code: "value_missing",
  message: "Fill this in.",
  params: {},
};
const wrong: FlowProblem = { ...missing, code: "too_much", message: "This may be at most 60 characters." };

async function inspect(...problems: FlowProblem[]) {
  return inspectStep(aNode("done", "end", { config: { outcome: "" } }), problems);
}

async function inspectStep(node: DraftNode, problems: readonly FlowProblem[], beside: ReactNode = null) {
  const store = createFlowStore(aFlow({ nodes: [node], edges: [] }));
  store.getState().select([node.id]);
  const page = await draw(
    <Answered>
      <FlowStoreProvider value={store}>
        <Inspector checked={{ problems, warnings: [] }} mayEdit />
        {beside}
      </FlowStoreProvider>
    </Answered>,
  );
  return { ...page, store };
}

test("a required field of a step that was just drawn is not called wrong", async () => {
  const { text } = await inspect(missing);
  expect(text()).not.toContain("Fill this in.");
});

test("it is once it was left empty", async () => {
  const { field, text } = await inspect(missing);
  act(() => field("Outcome").focus());
  expect(text()).not.toContain("Fill this in.");
  act(() => field("Outcome").blur());
  expect(text()).toContain("Fill this in.");
});

test("it is once publishing was tried, but not in a step that came later", async () => {
  const { store, text } = await inspect(missing);
  act(() => store.getState().tryPublishing());
  expect(text()).toContain("Fill this in.");
  act(() => store.getState().edit((draft) => ({ ...draft, nodes: [...draft.nodes, aNode("later", "end")] })));
  expect(store.getState().seen.tried).toEqual(new Set(["done"]));
});

test("it is when the list of problems leads to it", async () => {
  const { store, text } = await inspect(missing);
  act(() => store.getState().select(["done"], "outcome"));
  expect(text()).toContain("Fill this in.");
});

test("what stands there and is wrong is said at once", async () => {
  const { store, text } = await inspect(wrong);
  act(() =>
    store
      .getState()
      .edit((draft) => ({ ...draft, nodes: [aNode("done", "end", { config: { outcome: "x".repeat(61) } })] })),
  );
  expect(text()).toContain("This may be at most 60 characters.");
});

test("of two fields that change before the form is drawn again, neither is lost", async () => {
  const twoFields = () => {
    document.querySelector<HTMLInputElement>("input[value=everyChange]")?.click();
    document.querySelector<HTMLInputElement>("[data-field=when] input")?.click();
  };
  // What happens within one event is drawn after it.
  const both = (
    <button type="button" onClick={twoFields}>
      Both
    </button>
  );
  const { store, press } = await inspectStep(aNode("start", "trigger"), [], both);
  press("Both");
  expect(store.getState().draft.nodes[0]?.config).toMatchObject({
    on: "everyChange",
    when: { match: "all", rows: [] },
  });
});
