import { expect, test } from "vitest";
import { moveNodes, removeNodes, retitleNode } from "./edit.js";
import { groupKey, noteKey } from "../canvas/canvas-ids.js";
import { groupNodes } from "./groups.js";
import { addNote } from "./notes.js";
import { createFlowStore } from "./store.js";
import { aFlow } from "./testing/drafts.js";

const aStore = () => {
  const clock = { now: 0 };
  const store = createFlowStore(aFlow(), () => clock.now);
  const title = () => store.getState().draft.nodes[3]?.title;
  const type = (text: string) =>
    store.getState().edit((flow) => retitleNode(flow, "note", text), { tag: "title:note" });
  return { clock, store, title, type };
};

test("undo and redo walk through the documents", () => {
  const { store } = aStore();
  store.getState().edit((flow) => removeNodes(flow, ["note"]));
  store.undo();
  expect(store.getState().draft).toEqual(aFlow());
  store.redo();
  expect(store.getState().draft.nodes).toHaveLength(3);
});

test("letters typed in quick succession are one step", () => {
  const { store, title, type } = aStore();
  for (const text of ["C", "CR", "CRM"]) type(text);
  expect(title()).toBe("CRM");
  store.undo();
  expect(title()).toBe("note");
});

test("a pause begins a new step", () => {
  const { store, clock, title, type } = aStore();
  type("CRM");
  clock.now = 5_000;
  type("CRM note");
  store.undo();
  expect(title()).toBe("CRM");
});

test("typing after an undo is a step of its own, and what was undone is gone", () => {
  const { store, title, type } = aStore();
  type("CRM");
  store.undo();
  type("X");
  store.redo();
  expect(title()).toBe("X");
  store.undo();
  expect(title()).toBe("note");
});

test("an edit that changes nothing is no step", () => {
  const { store } = aStore();
  store.getState().edit((flow) => removeNodes(flow, ["nobody"]));
  expect(store.temporal.getState().pastStates).toHaveLength(0);
});

test("every edit of a long afternoon can be taken back", () => {
  const { store, title } = aStore();
  for (let edit = 1; edit <= 1_000; edit += 1) {
    store.getState().edit((flow) => retitleNode(flow, "note", `Title ${String(edit)}`));
  }
  for (let edit = 1; edit <= 1_000; edit += 1) store.undo();
  expect(title()).toBe("note");
  store.redo();
  expect(title()).toBe("Title 1");
});

test("selecting is no step, and undo lets go of what is gone", () => {
  const { store } = aStore();
  store.getState().select(["note"]);
  store.getState().edit((flow) => moveNodes(flow, { note: { x: 80, y: 80 } }));
  expect(store.temporal.getState().pastStates).toHaveLength(1);
  store.getState().edit((flow) => removeNodes(flow, ["note"]));
  store.undo();
  store.getState().select(["note"]);
  store.redo();
  expect(store.getState().selected).toEqual([]);
});

test("undo keeps what is selected and still there: a note and a group as well as a step", () => {
  const { store } = aStore();
  const withNote = addNote(aFlow(), { x: 0, y: 0 });
  store.getState().edit(() => groupNodes(withNote.flow, ["note"], "Group"));
  store.getState().edit((flow) => retitleNode(flow, "ticket", "Other"));
  store.getState().select(["ticket", noteKey("note1"), groupKey("group1")]);
  store.undo();
  expect(store.getState().selected).toEqual(["ticket", noteKey("note1"), groupKey("group1")]);
  store.undo();
  expect(store.getState().selected).toEqual(["ticket"]);
});

test("while somebody else edits nothing is changed here, not by undo either; what they save is shown", () => {
  const { store, title, type } = aStore();
  type("mine");
  store.hold(true);
  type("more");
  store.undo();
  expect(title()).toBe("mine");
  store.getState().select(["note"]);
  expect(store.getState().selected).toEqual(["note"]);
  store.follow(retitleNode(aFlow(), "note", "theirs"));
  expect(title()).toBe("theirs");
  store.hold(false);
  type("mine again");
  expect(title()).toBe("mine again");
});
