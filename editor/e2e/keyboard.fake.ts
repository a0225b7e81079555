import type { Page } from "@playwright/test";
import { cards } from "./canvas-hand.js";
import { rememberJob } from "./fake-job.js";
import { expect, test } from "./fake-page.js";
import { goBy, pressAt, tabTo } from "./key-hand.js";

const { step } = test;
const rule = "NPS < 6 -> support callback";
const row = (page: Page, name: string | RegExp) => page.getByRole("treeitem", { name });
const dialog = (page: Page) => page.getByRole("dialog");

test("the whole job is done by the keyboard alone: from signing in to mending a run", async ({ page }) => {
  const job = await rememberJob(page);
  const { keyboard } = page;
  await page.goto("/");

  await step("sign in", async () => {
    await tabTo(page, page.getByLabel("E-mail"));
    await keyboard.type("ines.moreau@acme.example");
    await tabTo(page, page.getByRole("textbox", { name: "Password" }));
    await keyboard.type("correct horse battery");
    await keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
    expect(job.sent.signIn).toMatchObject([{ email: "ines.moreau@acme.example" }]);
  });

  await step("a new flow by its rule", async () => {
    await goBy(page, ["g", "f"], /\/flows$/);
    await pressAt(page, page.getByRole("button", { name: "New flow" }));
    await expect(dialog(page).getByRole("combobox", { name: "Rule" })).toBeFocused();
    await keyboard.type(rule);
    await expect(page.getByText("Draws 3 steps:")).toBeVisible();
    await keyboard.press("Enter");
    await expect(cards(page)).toHaveCount(3);
    await expect(dialog(page)).toHaveCount(0);
    expect(job.sent.create).toHaveLength(1);
  });

  await step("a step more, in the list", async () => {
    await keyboard.press("o");
    await expect(row(page, /^Feedback|^When/)).toBeFocused();
    await keyboard.press("End");
    await keyboard.press("Insert");
    await expect(page.getByPlaceholder("What comes here?")).toBeFocused();
    await keyboard.type("jira issue");
    await keyboard.press("Enter");
    await expect(cards(page)).toHaveCount(4);
  });

  await step("its fields, by pickers", async () => {
    await keyboard.press("Enter");
    await expect(page.getByLabel("Name of the step")).toBeFocused();
    for (const [field, value] of [
      ["Project", "RND"],
      ["Issue type", "Bug"],
    ] as const) {
      await tabTo(page, page.getByRole("combobox", { name: field }));
      await expect(page.getByRole("option", { name: value })).toBeVisible();
      await keyboard.press("ArrowDown");
      await keyboard.press("Enter");
    }
    await tabTo(page, page.getByRole("textbox", { name: "Summary" }));
    // A ticket is worded already.
    await keyboard.press("Control+A");
    await keyboard.type("Broken again");
    await expect
      .poll(() => job.draft()?.nodes.at(-1)?.config)
      .toMatchObject({
        input: { project: "RND", issueType: "Bug", summary: "Broken again" },
      });
  });

  await step("it is tried, and nothing is sent", async () => {
    const strip = page.getByRole("region", { name: "Try it" });
    await pressAt(page, strip.getByRole("button", { name: /^Try with/ }));
    await expect(page.getByRole("textbox", { name: "Search the last ones" })).toBeFocused();
    await keyboard.type("10 MB");
    await pressAt(page, dialog(page).getByRole("button", { name: /10 MB/ }));
    await expect(strip.getByRole("button", { name: /^Try with.*10 MB/ })).toBeFocused();
    await pressAt(page, strip.getByRole("button", { name: "All" }));
    await expect(strip).toContainText("Ends: followed up");
  });

  await step("it is published with a note", async () => {
    await pressAt(page, page.getByRole("button", { name: "Publish", exact: true }), "Shift+Tab");
    await expect(dialog(page).getByLabel("Note")).toBeFocused();
    await keyboard.type("The first one");
    await pressAt(page, dialog(page).getByRole("button", { name: "Publish", exact: true }));
    await expect(page.getByText("Version 1 is live.")).toBeVisible();
    await expect(dialog(page)).toHaveCount(0);
    expect(job.sent.publish).toMatchObject([{ note: "The first one" }]);
  });

  await step("a run that is stuck is found, and mended", async () => {
    await goBy(page, ["g", "r"], /\/runs$/);
    await pressAt(page, page.getByRole("link", { name: /Tomasz Zieliński.*Needs attention/ }));
    await expect(page.getByRole("heading", { name: "Tomasz Zieliński" })).toBeVisible();
    await pressAt(page, page.getByRole("button", { name: /R&D ticket/ }).first());
    await expect(page).toHaveURL(/step=ticket/);
    const panel = page.getByRole("complementary", { name: "R&D ticket" });
    await pressAt(page, panel.getByRole("button", { name: "Try again" }));
    await expect.poll(() => job.sent.retry).toHaveLength(1);
    await pressAt(page, panel.getByRole("button", { name: "Skip", exact: true }));
    await tabTo(page, dialog(page).getByRole("combobox", { name: "Go on by" }));
    await pressAt(page, dialog(page).getByRole("button", { name: "Skip the step" }));
    await expect(dialog(page)).toHaveCount(0);
    await expect(panel.getByRole("button", { name: "Skip", exact: true })).toBeFocused();
    expect(job.sent.skip).toMatchObject([{ output: "next" }]);
  });
});
