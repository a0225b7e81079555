import { ReactFlowProvider } from "@xyflow/react";
import { act } from "react";
import { expect, test } from "vitest";
import { BenchProvider, createBench } from "../canvas/bench.js";
import { FlowStoreProvider } from "../flow/store-context.js";
import { createFlowStore } from "../flow/store.js";
import { aFlow, aNode } from "../flow/testing/drafts.js";
import type { Try } from "../../server/tries/try-api.js";
import { Answered } from "../ui/testing/answered.js";
import { draw } from "../ui/testing/render.js";
import { Outline } from "./outline.js";

const step = (nodeId: string, state: Try["steps"][number]["state"]) => ({
  ...{ nodeId, type: "end" as const, title: nodeId, state, attempts: 0, output: null, values: null },
  ...{ stuck: null, waitsUntil: null, startedAt: null, endedAt: null },
});

async function anOutline(steps = {}) {
  const nodes = [aNode("trigger", "trigger"), aNode("either", "condition"), aNode("done", "end")];
  const edges = [
    { from: "trigger", output: "next", to: "either" },
    { from: "either", output: "yes", to: "done" },
    { from: "either", output: "no", to: "done" },
  ];
  const store = createFlowStore(aFlow({ nodes, edges }));
  const page = await draw(
    <Answered>
      <FlowStoreProvider value={store}>
        <ReactFlowProvider>
          <BenchProvider value={createBench()}>
            <Outline problems={[]} steps={steps} mayEdit />
          </BenchProvider>
        </ReactFlowProvider>
      </FlowStoreProvider>
    </Answered>,
  );
  const rows = () => [...document.querySelectorAll<HTMLElement>("[role=treeitem]")];
  return { ...page, store, rows };
}

test("a row says what became of its step in a try", async () => {
  const { rows } = await anOutline({ done: step("done", "done") });
  expect(rows().map((row) => row.querySelector(".lw-state")?.textContent)).toEqual([
    undefined,
    undefined,
    "Done",
    undefined,
  ]);
});

test("the list keeps the focus when a line that refers to a step is removed", async () => {
  const { rows, store } = await anOutline();
  const press = (key: string) =>
    act(() => void document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
  act(() => rows()[2]?.focus());
  act(() => rows()[2]?.click());
  press("ArrowDown");
  expect(document.activeElement?.getAttribute("data-kind")).toBe("refer");
  press("Delete");
  expect(store.getState().draft.edges).toHaveLength(2);
  expect(document.activeElement?.getAttribute("data-key")).toBe("step:done");
});
