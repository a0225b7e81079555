import { expect, test } from "vitest";
import { commandOf } from "./editor-keys.js";

const none = { code: "", ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

test.each([
  [{ key: "z", ctrlKey: true }, "undo"],
  [{ key: "Z", metaKey: true, shiftKey: true }, "redo"],
  [{ key: '"', code: "Digit2", shiftKey: true }, "zoomSelection"],
  [{ key: "N", shiftKey: true }, "note"],
  [{ key: "n" }, null],
  [{ key: "o" }, "outline"],
  [{ key: "o", altKey: true }, null],
  [{ key: "f", ctrlKey: true }, "find"],
  [{ key: "f" }, null],
  [{ key: "/", shiftKey: true }, "add"],
])("%j means %s", (pressed, command) => {
  expect(commandOf({ ...none, ...pressed })).toBe(command);
});
