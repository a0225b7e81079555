import { notifications } from "@mantine/notifications";
import { ReactFlowProvider } from "@xyflow/react";
import { act } from "react";
import { expect, onTestFinished, test, vi } from "vitest";
import { MAX_NODES } from "../../workflows/flow/draft-schema.js";
import { FlowStoreProvider } from "../flow/store-context.js";
import { createFlowStore } from "../flow/store.js";
import { aFlow, aNode } from "../flow/testing/drafts.js";
import { Answered } from "../ui/testing/answered.js";
import { draw } from "../ui/testing/render.js";
import { useAdding } from "./adding.js";
import { usePaletteItems } from "./items.js";

async function aPalette(steps: number) {
  const { nodes } = aFlow();
  const more = Array.from({ length: steps - nodes.length }, (_, place) => aNode(`more${String(place)}`));
  const store = createFlowStore(aFlow({ nodes: [...nodes, ...more] }));
  const say = vi.spyOn(notifications, "show");
  onTestFinished(() => say.mockRestore());
  let added: ReturnType<typeof useAdding> | undefined;
  let wait: ReturnType<typeof usePaletteItems>[number] | undefined;
  function Palette() {
    added = useAdding();
    wait = usePaletteItems().find(({ type }) => type === "wait");
    return null;
  }
  await draw(
    <Answered>
      <FlowStoreProvider value={store}>
        <ReactFlowProvider>
          <Palette />
        </ReactFlowProvider>
      </FlowStoreProvider>
    </Answered>,
  );
  if (!added || !wait) throw new Error("The palette has no wait.");
  const [adding, item] = [added, wait];
  const at = { x: 0, y: 0 };
  const ways = {
    "where it was dropped": () => adding.addAt(item, at),
    "after a step": () => adding.addFrom(item, { from: "note", output: "next", position: at }),
    "between two": () => adding.insert(item, { from: "when", output: "next", to: "if" }),
    "by Enter": () => adding.add(item),
  };
  return {
    add: (way: keyof typeof ways) => act(ways[way]),
    count: () => store.getState().draft.nodes.length,
    said: () => say.mock.calls.map(([{ message }]) => message),
  };
}

test.each(["where it was dropped", "after a step", "between two", "by Enter"] as const)(
  "the last step that a flow may have is added %s, the next one is refused in words",
  async (way) => {
    const { add, count, said } = await aPalette(MAX_NODES - 1);
    add(way);
    expect([count(), said()]).toEqual([MAX_NODES, []]);
    add(way);
    expect([count(), said()]).toEqual([MAX_NODES, [expect.stringContaining("500 steps")]]);
  },
);

/** What a new issue holds in a flow whose trigger is so. */
async function aNewIssue(trigger: object): Promise<unknown> {
  const { nodes } = aFlow();
  const changed = nodes.map((node) =>
    node.type === "trigger" ? { ...node, config: { ...node.config, ...trigger } } : node,
  );
  let input: unknown;
  function Palette() {
    input = usePaletteItems().find(({ config }) => config["action"] === "jira.createIssue@1")?.config["input"];
    return null;
  }
  await draw(
    <Answered>
      <FlowStoreProvider value={createFlowStore(aFlow({ nodes: changed }))}>
        <Palette />
      </FlowStoreProvider>
    </Answered>,
  );
  return input;
}

test("an issue is filled as the rule line fills it, but where nothing is said", async () => {
  const told = expect.stringContaining("{{ feedback.comment") as unknown;
  expect(await aNewIssue({})).toMatchObject({ issueType: "Bug", description: told });
  expect(await aNewIssue({ start: { kind: "call", fields: [] } })).not.toMatchObject({ description: told });
});
