import { ReactFlowProvider } from "@xyflow/react";
import { act, useState } from "react";
import { expect, test } from "vitest";
import { FlowStoreProvider } from "../flow/store-context.js";
import { createFlowStore } from "../flow/store.js";
import { aFlow } from "../flow/testing/drafts.js";
import { LookingOnProvider } from "../presence/looking-on.js";
import { Answered } from "../ui/testing/answered.js";
import { draw } from "../ui/testing/render.js";
import { BenchProvider, createBench } from "./bench.js";
import type { Bench } from "./bench.js";
import { Opened } from "./opened.js";

async function aBench() {
  const bench = createBench();
  const store = createFlowStore(aFlow());
  let look: (isLookingOn: boolean) => void = () => undefined;
  function Page() {
    const [isLookingOn, setLookingOn] = useState(false);
    look = setLookingOn;
    return (
      <LookingOnProvider value={isLookingOn}>
        <Opened />
      </LookingOnProvider>
    );
  }
  await draw(
    <Answered>
      <FlowStoreProvider value={store}>
        <ReactFlowProvider>
          <BenchProvider value={bench}>
            <Page />
          </BenchProvider>
        </ReactFlowProvider>
      </FlowStoreProvider>
    </Answered>,
  );
  return {
    bench,
    open: (what: Partial<Bench>) => act(() => bench.setState(what)),
    look: (isLookingOn: boolean) => act(() => look(isLookingOn)),
    dialogs: () => document.querySelectorAll("[role=dialog]").length,
  };
}

test.each([{ adding: { kind: "place", at: { x: 0, y: 0 } } } as const, { putting: "note" }])(
  "what would change the flow closes when somebody else begins, and does not come back by itself: %o",
  async (what) => {
    const { open, look, dialogs } = await aBench();
    open(what);
    expect(dialogs()).toBe(1);
    look(true);
    expect(dialogs()).toBe(0);
    look(false);
    expect(dialogs()).toBe(0);
  },
);
