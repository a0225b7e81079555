import { expect, test } from "vitest";
import { draw } from "../ui/testing/render.js";
import { ChangedValue } from "./changed-value.js";

test("a long text is shown before and after, shortened to what differs, and whole when asked", async () => {
  const most = "Somebody said this, and more than is read at a glance. ".repeat(4);
  const page = await draw(<ChangedValue values={{ before: `${most}Call them.`, after: `${most}Write to them.` }} />);
  expect(page.text()).toMatch(/….* Call them\. → ….* Write to them\.Show the whole text$/);
  page.press("Show the whole text");
  expect(page.text()).toContain(`${most}Call them. → ${most}Write to them.Show less`);
});

test("a short value stands beside the other, without more to press", async () => {
  const page = await draw(<ChangedValue values={{ before: "2", after: "4" }} />);
  expect(page.text()).toMatch(/2 → 4$/);
});
