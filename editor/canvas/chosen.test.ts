import { expect, test } from "vitest";
import { createFlowStore } from "../flow/store.js";
import { aFlow, anEdge } from "../flow/testing/drafts.js";
import {
  copyChosen,
  duplicateChosen,
  groupChosen,
  pasteText,
  removeChosen,
  reveal,
  selectAll,
  switchChosen,
} from "./chosen.js";

const note = {
  id: "note1",
  text: "Ours",
  position: { x: 0, y: 0 },
  size: { width: 200, height: 120 },
  colour: "blue",
} as const;
const group = { id: "group1", title: "Papers", nodeIds: ["ticket", "note"], collapsed: true };

function aBench(selected: readonly string[], part = {}) {
  const store = createFlowStore(aFlow({ notes: [note], ...part }));
  store.getState().select(selected);
  const draft = () => store.getState().draft;
  return { store, draft, ids: () => draft().nodes.map(({ id }) => id), selected: () => store.getState().selected };
}
const here = { x: 0, y: 0 };

test("what is copied is pasted with its notes, and is selected then", () => {
  const { store, ids, draft, selected } = aBench(["ticket", "note:note1"]);
  expect(pasteText(store, copyChosen(store) ?? "", here)).toBe("pasted");
  expect(ids()).toContain("ticket1");
  expect(draft().notes).toHaveLength(2);
  expect(selected()).toEqual(["ticket1", "note:note2"]);
});

test("anything else is not pasted, nor a lone trigger where there is one: no step of undo is made", () => {
  const { store } = aBench(["when"]);
  expect(pasteText(store, "hello", here)).toBe("nothing");
  expect(pasteText(store, copyChosen(store) ?? "", here)).toBe("nothing");
  duplicateChosen(store);
  expect(store.temporal.getState().pastStates).toHaveLength(0);
});

test("a group that is copied brings its steps", () => {
  const { store } = aBench(["group:group1"], { groups: [group] });
  duplicateChosen(store);
  expect(store.getState().draft.nodes.map(({ id }) => id)).toContain("ticket1");
  expect(store.getState().draft.groups).toHaveLength(2);
});

test("deleting keeps the chain, takes notes and connections, and of a group the frame only: one step of undo", () => {
  const { store, ids, draft } = aBench(["ticket", "note:note1", "group:group1"], { groups: [group] });
  removeChosen(store, ["when:next:if", "if:yes:ticket"]);
  expect(ids()).toEqual(["when", "if", "note"]);
  expect(draft().edges).toEqual([anEdge("if", "note", "yes")]);
  expect(draft()).not.toHaveProperty("notes");
  expect(draft()).not.toHaveProperty("groups");
  store.undo();
  expect(draft()).toEqual(aFlow({ notes: [note], groups: [group] }));
});

test("switching turns all off as long as one is on, and then all on", () => {
  const { store, draft } = aBench(["ticket", "note"]);
  const off = () => draft().nodes.flatMap(({ id, disabled }) => (disabled === true ? [id] : []));
  switchChosen(store);
  expect(off()).toEqual(["ticket", "note"]);
  store.getState().select(["ticket"]);
  switchChosen(store);
  store.getState().select(["ticket", "note"]);
  switchChosen(store);
  expect(off()).toEqual(["ticket", "note"]);
  switchChosen(store);
  expect(off()).toEqual([]);
});

test("all is selected, notes too", () => {
  const { store, selected } = aBench([]);
  selectAll(store);
  expect(selected()).toEqual(["when", "if", "ticket", "note", "note:note1"]);
});

test("a group of what is selected takes its steps out of the groups that had them", () => {
  const { store, draft, selected } = aBench(["note", "if"], { groups: [group] });
  groupChosen(store, "New");
  expect(draft().groups).toEqual([
    { ...group, nodeIds: ["ticket"] },
    { id: "group2", title: "New", nodeIds: ["if", "note"], collapsed: false },
  ]);
  expect(selected()).toEqual(["group:group2"]);
});

test("a step that a folded group hides is shown when it is gone to", () => {
  const { store, draft, selected } = aBench([], { groups: [group] });
  reveal(store, "ticket");
  expect(draft().groups?.[0]?.collapsed).toBe(false);
  expect(selected()).toEqual(["ticket"]);
});
