import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, test, vi } from "vitest";
import { flows } from "../e2e/fixtures/flows.js";
import { retitleNode } from "../flow/edit.js";
import { createKeptDrafts } from "../flow/kept-drafts.js";
import { FlowStoreProvider } from "../flow/store-context.js";
import { createFlowStore } from "../flow/store.js";
import { aFlow } from "../flow/testing/drafts.js";
import { aStorage } from "../flow/testing/storage.js";
import "../ui/testing/render.js";
import { useAutosave } from "./use-autosave.js";
import type { Saving } from "./use-autosave.js";

const here = { flowId: "00000000-0000-4000-8000-000000000001", tabId: "00000000-0000-4000-8000-00000000000a" };
const named = (title: string) => retitleNode(aFlow(), "note", title);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A page with the flow open, whose requests the test answers. */
function aPage(answer: (method: string) => Promise<Response>) {
  vi.useFakeTimers();
  const asked: string[] = [];
  vi.stubGlobal("fetch", (_: string, { method }: { readonly method: string }) => {
    asked.push(method);
    return answer(method);
  });
  const storage = aStorage();
  const store = createFlowStore(aFlow());
  const kept = createKeptDrafts(storage, here);
  const page: { saving: Saving | null } = { saving: null };
  function Page() {
    page.saving = useAutosave({ here, kept, revision: 4, isUnsaved: false });
    return null;
  }
  const root = createRoot(document.createElement("div"));
  act(() =>
    root.render(
      <FlowStoreProvider value={store}>
        <Page />
      </FlowStoreProvider>,
    ),
  );
  return {
    ...{ asked, storage },
    revision: () => page.saving?.revision,
    status: () => page.saving?.status,
    type: (title: string) => act(() => store.getState().edit(() => named(title))),
    wait: (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms)),
    leave: () => act(() => root.unmount()),
  };
}

test("a page that was left while there is no network asks once more, then never again, and what it had stays kept", async () => {
  const { asked, storage, type, leave, wait } = aPage(() => Promise.reject(new TypeError("Failed to fetch")));
  type("unsent");
  leave();
  await wait(60_000);
  expect(asked).toEqual(["PUT"]);
  expect(createKeptDrafts(storage, { ...here, tabId: "next" }).takeUp()).toEqual({
    draft: named("unsent"),
    revision: 4,
  });
});

const conflict = { type: "about:blank", title: "No", status: 409, code: "draft_conflict", detail: "Saved meanwhile." };

test.each([
  ["what was sent, whose answer was lost: it is saved", "mine", { status: "saved", revision: 8 }],
  ["what somebody else drew: a person chooses", "theirs", { status: "conflict", revision: 4 }],
])("on a conflict the server's draft is read, and is %s", async (_, title, expected) => {
  const detail = { ...flows[0], draft: named(title), draftRevision: 8 };
  const { type, wait, status, revision, leave, asked } = aPage((method) =>
    Promise.resolve(method === "GET" ? Response.json(detail) : Response.json(conflict, { status: 409 })),
  );
  type("mine");
  await wait(1_000);
  expect(asked).toEqual(["PUT", "GET"]);
  expect({ status: status()?.kind, revision: revision() }).toEqual(expected);
  leave();
});

test("what the server refuses is shown with its error, whose words are the reader's", async () => {
  const problem = { type: "about:blank", title: "No", status: 422, code: "too_large", detail: "Too many steps." };
  const { type, wait, status, leave } = aPage(() => Promise.resolve(Response.json(problem, { status: 422 })));
  type("refused");
  await wait(1_000);
  expect(status()).toMatchObject({ kind: "refused", error: { problem } });
  leave();
});
