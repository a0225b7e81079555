import { ReactFlowProvider, useStoreApi } from "@xyflow/react";
import { act, useEffect, type DragEvent } from "react";
import { expect, test } from "vitest";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { FlowStoreProvider } from "../flow/store-context.js";
import { createFlowStore } from "../flow/store.js";
import { aFlow, anEdge } from "../flow/testing/drafts.js";
import { useAdding } from "../palette/adding.js";
import { findItem, usePaletteItems } from "../palette/items.js";
import { Answered } from "../ui/testing/answered.js";
import { draw } from "../ui/testing/render.js";
import { useDrop } from "./drop.js";
import { edgeId } from "./projection.js";

type Hands = ReturnType<typeof useDrop> & { readonly add: (key: string) => void };

/** What drops and clicks in a flow do to it; its canvas stands beside a palette and below a header. */
async function inFlow(draft: FlowDraft) {
  const store = createFlowStore(draft);
  let hands: Hands | undefined;
  function Canvas() {
    const canvas = useStoreApi();
    const [drop, items, { add }] = [useDrop(), usePaletteItems(), useAdding()];
    useEffect(() => {
      const domNode = document.createElement("div");
      domNode.getBoundingClientRect = () => new DOMRect(300, 100, 400, 200);
      canvas.setState({ domNode });
    }, [canvas]);
    const addNamed = (key: string) => {
      const item = findItem(items, key);
      if (item) add(item);
    };
    hands = { ...drop, add: addNamed };
    return null;
  }
  await draw(
    <Answered>
      <FlowStoreProvider value={store}>
        <ReactFlowProvider>
          <Canvas />
        </ReactFlowProvider>
      </FlowStoreProvider>
    </Answered>,
  );
  if (!hands) throw new Error("Nothing was drawn.");
  const { onDrop, onDragOver, add } = hands;
  const draftNow = () => store.getState().draft;
  return {
    over: (target: Element) => act(() => onDragOver(dragged("", target))),
    drop: (key: string, target: Element) => act(() => onDrop(dragged(key, target))),
    add: (key: string) => act(() => add(key)),
    draft: draftNow,
    types: () => draftNow().nodes.map(({ type }) => type),
  };
}

/** Of a drag, what is looked at. */
const dragged = (key: string, target: Element) =>
  ({
    target,
    clientX: 500,
    clientY: 200,
    dataTransfer: { getData: () => key },
    preventDefault: () => {},
  }) as unknown as DragEvent;

function aLine(): HTMLElement {
  const line = document.body.appendChild(document.createElement("div"));
  line.dataset["edge"] = edgeId(anEdge("ticket", "note"));
  return line;
}

const pane = () => document.createElement("div");

test("a second trigger is not let in, on a line or beside it", async () => {
  const { over, drop, draft } = await inFlow(aFlow());
  drop("trigger", pane());
  const line = aLine();
  over(line);
  drop("trigger", line);
  expect(draft()).toEqual(aFlow());
});

test("what is let go on the marked line is put into it, and the line is marked no more", async () => {
  const { over, drop, draft } = await inFlow(aFlow());
  const line = aLine();
  over(line);
  expect(line.dataset["near"]).toBe("true");
  drop("wait", line);
  expect(line.dataset["near"]).toBeUndefined();
  expect(draft().edges).toContainEqual(anEdge("ticket", "wait1"));
  expect(draft().edges).toContainEqual(anEdge("wait1", "note"));
});

test("an end let go on a line stands beside it", async () => {
  const { over, drop, draft, types } = await inFlow(aFlow());
  const line = aLine();
  over(line);
  drop("end", line);
  expect(types()).toContain("end");
  expect(draft().edges).toEqual(aFlow().edges);
});

test("what follows nothing is put in the middle of the canvas, wherever the window has its own", async () => {
  const { add, draft } = await inFlow(aFlow({ nodes: [], edges: [] }));
  add("wait");
  expect(draft().nodes[0]?.position).toEqual({ x: 80, y: 64 });
});
