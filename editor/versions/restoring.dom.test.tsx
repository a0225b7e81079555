import { notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { expect, onTestFinished, test, vi } from "vitest";
import { retitleNode } from "../flow/edit.js";
import { FlowStoreProvider } from "../flow/store-context.js";
import { createFlowStore } from "../flow/store.js";
import { aFlow } from "../flow/testing/drafts.js";
import { draw } from "../ui/testing/render.js";
import { useRestored } from "./restoring.js";

async function aPage(isLookingOn: boolean) {
  const client = new QueryClient();
  client.setQueryData(["restoring", "flow-1"], { number: 3, drawn: retitleNode(aFlow(), "note", "of version 3") });
  const say = vi.spyOn(notifications, "show");
  onTestFinished(() => say.mockRestore());
  const store = createFlowStore(aFlow());
  function Page() {
    useRestored("flow-1", isLookingOn);
    return null;
  }
  await draw(
    <QueryClientProvider client={client}>
      <FlowStoreProvider value={store}>
        <Page />
      </FlowStoreProvider>
    </QueryClientProvider>,
  );
  return {
    title: store.getState().draft.nodes.find(({ id }) => id === "note")?.title,
    said: say.mock.calls.map(([{ message }]) => message),
    isHanded: client.getQueryData(["restoring", "flow-1"]) !== undefined,
  };
}

test("a version that is brought back is the draft, and is said to be", async () => {
  expect(await aPage(false)).toEqual({
    title: "of version 3",
    said: [expect.stringContaining("Version 3 is the draft now")],
    isHanded: false,
  });
});

test("while somebody else edits it is not, and why is said", async () => {
  expect(await aPage(true)).toEqual({
    title: "note",
    said: [expect.stringContaining("Version 3 was not restored")],
    isHanded: false,
  });
});
