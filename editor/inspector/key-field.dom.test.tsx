import { chooseLanguage } from "../i18n/index.js";
import { act } from "react";
import { expect, test } from "vitest";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import { FlowStoreProvider } from "../flow/store-context.js";
import { createFlowStore } from "../flow/store.js";
import { aFlow, aNode } from "../flow/testing/drafts.js";
import { Answered } from "../ui/testing/answered.js";
import { draw } from "../ui/testing/render.js";
import { Inspector } from "./inspector.js";

async function inspect(key: unknown, problems: readonly FlowProblem[] = []) {
  const start = aNode("start", "trigger");
  const config = key === undefined ? start.config : { ...start.config, key };
  const store = createFlowStore(aFlow({ nodes: [{ ...start, config }], edges: [] }));
  store.getState().select(["start"]);
  const page = await draw(
    <Answered>
      <FlowStoreProvider value={store}>
        <Inspector checked={{ problems, warnings: [] }} mayEdit />
      </FlowStoreProvider>
    </Answered>,
  );
  return {
    ...page,
    keyNow: () => store.getState().draft.nodes[0]?.config["key"],
    isWritten: () => JSON.stringify(store.getState().draft).includes('"key"'),
    tryPublishing: () => act(() => store.getState().tryPublishing()),
  };
}

/** From the list that a click on the field opens, wherever the page keeps it. */
function choose(field: HTMLElement, option: string) {
  act(() => field.click());
  const found = [...document.querySelectorAll<HTMLElement>("[role=option]")].find(
    ({ textContent }) => textContent === option,
  );
  if (!found) throw new Error(`There is no option “${option}”.`);
  act(() => found.click());
}

test("a flow has no key until one is chosen, and then its runs wait for each other", async () => {
  const { field, text, keyNow, isWritten } = await inspect(undefined);
  expect(field("One at a time per …").value).toBe("no one: runs go side by side");
  expect(text()).not.toContain("If an older run is still open");
  expect(isWritten()).toBe(false);
  choose(field("One at a time per …"), "contact");
  expect(keyNow()).toEqual({ by: "contact", then: "queue" });
  expect(text()).toContain("one run at a time per contact, a newer run waits");
});

test("what becomes of a newer run is said in words, and chosen", async () => {
  const { field, text, keyNow } = await inspect({ by: "account", then: "queue" });
  for (const words of ["Wait for it", "Take its place", "Do nothing"]) expect(text()).toContain(words);
  act(() => field("Take its place").click());
  expect(keyNow()).toEqual({ by: "account", then: "replace" });
  act(() => field("Do nothing").click());
  expect(keyNow()).toEqual({ by: "account", then: "skip" });
});

/** The field that expressions are written in comes a moment later. */
const fieldIsThere = () =>
  act(async () => {
    await import("./code-field.js");
  });

test("an expression begins empty and keeps what was chosen", async () => {
  const { field, text, keyNow } = await inspect({ by: "contact", then: "skip" });
  choose(field("One at a time per …"), "value of an expression");
  await fieldIsThere();
  expect(keyNow()).toEqual({ by: { expression: "" }, then: "skip" });
  expect(text()).toContain("Runs with the same value of");
});

test("switched off, nothing of it stays in the document", async () => {
  const { field, isWritten } = await inspect({ by: { expression: "feedback.source" }, then: "replace" });
  await fieldIsThere();
  expect(isWritten()).toBe(true);
  choose(field("One at a time per …"), "no one: runs go side by side");
  expect(isWritten()).toBe(false);
});

test("what is wrong with an expression is said below it", async () => {
  const wrong: FlowProblem = {
    nodeId: "start",
    field: "key.by.expression",
    code: "not_a_key",
    message: "This gives a list, not a text, a number, or yes or no.",
    params: {},
  };
  const { text, tryPublishing } = await inspect({ by: { expression: "[1]" }, then: "queue" }, [wrong]);
  await fieldIsThere();
  tryPublishing();
  expect(text()).toContain("This gives a list");
});

test("it stands there in French", async () => {
  const { text } = await inspect({ by: "contact", then: "queue" });
  await act(() => chooseLanguage("fr"));
  for (const words of ["Une à la fois par…", "L'attendre", "Prendre sa place", "Ne rien faire"])
    expect(text().replaceAll(/[\u00a0\u202f]/g, " ")).toContain(words);
  await act(() => chooseLanguage("en"));
});
