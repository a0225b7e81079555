import { expect, test } from "vitest";
import { isFree } from "./keys.js";

const typed = (key: string, from: Element, taken = false): boolean => {
  let free = true;
  const listen = (event: Event) => {
    if (event instanceof KeyboardEvent) free = isFree(event);
  };
  document.addEventListener("keydown", listen, { once: true });
  if (taken) from.addEventListener("keydown", (event) => event.preventDefault(), { once: true });
  from.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  from.remove();
  return free;
};
const put = (tag: string) => document.body.appendChild(document.createElement(tag));

test("a letter outside text fields may lead to a page", () => {
  expect(typed("g", put("div"))).toBe(true);
});

test("what is written, and what a list took as the beginning of a title, leads nowhere", () => {
  expect(typed("g", put("input"))).toBe(false);
  expect(typed("g", put("div"), true)).toBe(false);
});
