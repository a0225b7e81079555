import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, useState } from "react";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Pin } from "../../workflows/flow/try/pin.js";
import { draw } from "../ui/testing/render.js";
import { PinForm } from "./pin-form.js";

const node = { id: "note", type: "action", title: "Note", position: { x: 0, y: 0 }, config: {} } as const;

test("an answer that comes while the form is open stands in it, in place of what was filled in before", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({}, { status: 404 })));
  onTestFinished(() => void vi.unstubAllGlobals());
  let pin = (_: Pin): void => undefined;
  function Panel() {
    const [pinned, setPinned] = useState<Pin>({ kind: "failed", code: "rejected" });
    pin = setPinned;
    return <PinForm node={node} pin={pinned} onPin={() => undefined} />;
  }
  const page = await draw(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <Panel />
    </QueryClientProvider>,
  );
  page.press("Pin its answer");
  page.write("Code", "mine");
  act(() => pin({ kind: "failed", code: "gone" }));
  expect(page.field("Code").value).toBe("gone");
});
