import { afterEach, beforeEach, expect, it, vi } from "vitest";

// The page is plain JavaScript, as browsers run it.
const PAGE: string = "./salesforce.js";
const { drawSalesforce } = (await import(PAGE)) as {
  drawSalesforce: (state: object, redraw: () => void) => void;
};

const ID = "069Lw000000000EIAQ";
/** As Salesforce has it: a note is a document of the same id. */
const state = (title: string) => ({
  ContentDocument: [{ Id: ID, Title: title, ContentSize: 70 }],
  ContentNote: [{ Id: ID, Title: title, Content: "PHA+" }],
});

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = '<div id="salesforce"></div>';
});
afterEach(() => void vi.useRealTimers());

it("what changed is marked for a moment, by one look again however much changed, and then the page rests", () => {
  const draw = vi.fn((title: string): void => drawSalesforce(state(title), () => draw(title)));
  draw("NPS 2");
  draw("NPS 2");
  expect(vi.getTimerCount()).toBe(0);
  draw("NPS 3");
  expect(document.querySelectorAll("tr.fresh")).toHaveLength(2);
  expect(vi.getTimerCount()).toBe(1);
  vi.runAllTimers();
  expect(draw).toHaveBeenCalledTimes(4);
  expect(document.querySelectorAll("tr.fresh")).toHaveLength(0);
  expect(document.querySelectorAll("tbody tr")).toHaveLength(2);
});
