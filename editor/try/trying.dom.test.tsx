import { MutationCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, useState } from "react";
import { expect, onTestFinished, test, vi } from "vitest";
import { trySchema, type Try } from "../../server/tries/try-api.js";
import { retitleNode } from "../flow/edit.js";
import { FlowStoreProvider } from "../flow/store-context.js";
import { createFlowStore } from "../flow/store.js";
import { aFlow } from "../flow/testing/drafts.js";
import { LookingOnProvider } from "../presence/looking-on.js";
import { draw } from "../ui/testing/render.js";
import { Beside } from "./beside.js";
import { useTrying, type Chosen, type Trying } from "./trying.js";

const step: Try["steps"][number] = {
  nodeId: "note",
  type: "action",
  title: "note",
  state: "done",
  attempts: 0,
  output: "next",
  values: null,
  stuck: null,
  waitsUntil: null,
  startedAt: null,
  endedAt: null,
  cameIn: {},
  isPinned: false,
};

const finished = (outcome: string): Try => ({
  at: "2026-11-23T10:00:00.000Z",
  event: {},
  isMasked: false,
  whyNot: null,
  state: "finished",
  outcome,
  path: ["note"],
  steps: [step],
  effects: [],
});

const saved = { flush: () => Promise.resolve(true), revision: () => 7 };

const named = (label: string): Chosen => ({ event: { kind: "payload", sourceId: label, payload: "{}" }, label });

const until = (check: () => void) =>
  vi.waitFor(async () => {
    await act(() => Promise.resolve());
    check();
  });

/** A bench whose server answers when told to. */
async function aBench() {
  const heard: (string | null)[] = [];
  const answers: ((outcome: string) => Promise<void>)[] = [];
  vi.stubGlobal("fetch", (path: string) => {
    if (!path.endsWith("/try")) return Promise.resolve(Response.json({}, { status: 404 }));
    return new Promise<Response>((resolve) =>
      answers.push((outcome) => {
        resolve(Response.json(finished(outcome)));
        return until(() => expect(heard).toContain(outcome));
      }),
    );
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const store = createFlowStore(aFlow());
  const client = new QueryClient({
    mutationCache: new MutationCache({ onSuccess: (data) => void heard.push(trySchema.parse(data).outcome) }),
  });
  let begun = 0;
  let trying: Trying | null = null;
  let lookOn = (_: boolean): void => undefined;
  function Bench() {
    const [isLookingOn, setLookingOn] = useState(false);
    lookOn = setLookingOn;
    trying = useTrying("flow", saved);
    return (
      <LookingOnProvider value={isLookingOn}>
        <Beside trying={trying}>The form</Beside>
      </LookingOnProvider>
    );
  }
  const page = await draw(
    <QueryClientProvider client={client}>
      <FlowStoreProvider value={store}>
        <Bench />
      </FlowStoreProvider>
    </QueryClientProvider>,
  );
  const now = (): Trying => {
    if (!trying) throw new Error("Nothing was drawn.");
    return trying;
  };
  const begin = async (label: string) => {
    act(() => now().choose(named(label)));
    act(() => now().all());
    begun += 1;
    await until(() => expect(answers.length).toBe(begun));
  };
  const startLookingOn = () => act(() => lookOn(true));
  return {
    ...page,
    store,
    now,
    begin,
    startLookingOn,
    answer: (at: number, outcome: string) => answers[at]?.(outcome),
  };
}

test("what was drawn during a try is not what was tried", async () => {
  const { store, now, begin, answer } = await aBench();
  await begin("one");
  act(() => store.getState().edit((flow) => retitleNode(flow, "note", "Another")));
  await answer(0, "told");
  await until(() => expect(now().isBusy).toBe(false));
  expect(now()).toMatchObject({ result: null, isStale: true });
});

test("an event that is no longer chosen shows nothing under the next one's name", async () => {
  const { now, begin, answer } = await aBench();
  await begin("one");
  await begin("two");
  await answer(0, "first");
  expect(now().result).toBeNull();
  await answer(1, "second");
  expect(now().result?.outcome).toBe("second");
});

test("the form stands in for what a step did only until the next try, or where a field is led to", async () => {
  const { store, now, begin, answer, text, press } = await aBench();
  await begin("one");
  await answer(0, "told");
  act(() => store.getState().select(["note"]));
  expect(text()).not.toContain("The form");
  press("Settings of this step");
  expect(text()).toContain("The form");
  act(() => store.getState().select(["note"]));
  expect(text()).not.toContain("The form");
  act(() => store.getState().select(["note"], "title"));
  expect(text()).toContain("The form");
  await begin("two");
  await answer(1, "told");
  expect(now().result).not.toBeNull();
  expect(text()).not.toContain("The form");
});

test("whoever only looks on sees the form of a step, and not what it would send", async () => {
  const { store, begin, answer, text, startLookingOn } = await aBench();
  await begin("one");
  await answer(0, "told");
  act(() => store.getState().select(["note"]));
  expect(text()).not.toContain("The form");
  startLookingOn();
  expect(text()).toContain("The form");
});

test("of two answers that come in one drawing both are pinned", async () => {
  const { now } = await aBench();
  const pin = { kind: "done", output: { key: "RND-1" } } as const;
  act(() => {
    now().pin("ticket", pin);
    now().pin("note", pin);
  });
  expect(now().pins).toEqual({ ticket: pin, note: pin });
});

test("a deed keeps its key until an answer is there, also beyond another try", async () => {
  const { now, begin } = await aBench();
  const { key } = now().begin("ticket");
  await begin("one");
  const lost = now().begin("ticket");
  expect(lost.key).toBe(key);
  expect(now().begin("note").key).not.toBe(key);
  act(() => lost.did("run-1"));
  expect(now().real).toEqual({ ticket: "run-1" });
  expect(now().begin("ticket").key).not.toBe(key);
});

test("what was done for real is forgotten with its event, and so is an answer that comes later", async () => {
  const { now, begin } = await aBench();
  await begin("one");
  act(() => now().begin("ticket").did("run-1"));
  const late = now().begin("note");
  await begin("two");
  expect(now()).toMatchObject({ real: {}, pins: {} });
  act(() => late.did("run-2"));
  expect(now().real).toEqual({});
});
