import { expectAccessible } from "./accessible.js";
import { expect, test } from "./fake-page.js";
import { id } from "./fixtures/ids.js";

test("a filter is added, said, changed and taken away by the keyboard, and stands in the address", async ({ page }) => {
  await page.goto("/runs");
  await page.getByRole("button", { name: "Add a filter" }).press("Enter");
  await page.getByRole("menuitem", { name: "State" }).press("Enter");
  await page.getByRole("checkbox", { name: "Needs attention" }).press("Space");
  await expect(page).toHaveURL(/state=stuck/);
  await page.keyboard.press("Escape");
  const chip = page.getByRole("button", { name: "state is stuck", exact: true });
  await expect(page.getByText("Nadia Haddad")).toHaveCount(0);
  await expect(page.getByText("Tomasz Zieliński")).toBeVisible();
  await expectAccessible(page);
  await chip.press("Delete");
  await expect(page).toHaveURL(/\/runs$/);
  await expect(page.getByText("Nadia Haddad").first()).toBeVisible();
});

test("somebody's address leads to their runs, and stands in no address line", async ({ page }) => {
  await page.goto("/runs");
  const search = page.getByRole("searchbox", { name: "Id, outcome or e-mail" });
  await search.fill("tomasz@northwind.example");
  await search.press("Enter");
  await expect(page.getByRole("button", { name: "person is Tomasz Zieliński", exact: true })).toBeVisible();
  expect(page.url()).toContain(`contactId=${id("person", 3)}`);
  expect(page.url()).not.toContain("northwind");
});

test("views are tabs: one opens as it was kept, and what is narrowed otherwise can be kept", async ({ page }) => {
  await page.goto("/runs");
  await page.getByRole("tab", { name: "Refused this week" }).click();
  await expect(page.getByRole("button", { name: "last 7 days", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Remove “a step was refused”" }).click();
  const saved = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/views"));
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByLabel("Name").fill("This week");
  await page.getByLabel("Name").press("Enter");
  expect((await saved).postDataJSON()).toEqual({ page: "runs", name: "This week", filter: { days: 7 } });
});

test("what keeps runs is told once for all of them, and they are resumed together; runs that were chosen are done together", async ({
  page,
}) => {
  await page.goto("/runs?state=stuck");
  const resumed = page.waitForRequest("**/api/runs/resume-group");
  const group = page.getByRole("listitem").filter({ hasText: "12 runs stuck at" });
  await expect(group).toContainText("Component is required");
  await group.getByRole("button", { name: "Resume all" }).click();
  expect((await resumed).postDataJSON()).toMatchObject({ nodeId: "ticket", code: "field_required" });
  await expect(page.getByText("12 runs are tried again.")).toBeVisible();
  await page.getByRole("checkbox", { name: "Choose all that are open" }).check();
  const done = page.waitForRequest("**/api/runs/many");
  await page.getByRole("region", { name: "Chosen runs" }).getByRole("button", { name: "Try again" }).click();
  expect((await done).postDataJSON()).toEqual({ deed: "retry", runIds: [id("run", 3), id("run", 4)] });
  await expect(page.getByText("1 was left as it is", { exact: false })).toBeVisible();
  await expect(page.getByRole("region", { name: "Chosen runs" })).toHaveCount(0);
});

test("a run is gone back through fact by fact, and nothing can be done in its past", async ({ page }) => {
  await page.goto(`/runs/${id("run", 3)}?step=ticket`);
  const retry = page.getByRole("button", { name: "Try again" });
  const ticket = page.locator('.react-flow__node[data-id="ticket"] .lw-node');
  await expect(retry).toBeVisible();
  const slider = page.getByRole("slider", { name: "Moment of the run" });
  await slider.press("Home");
  await expect(ticket).toHaveAttribute("data-state", "pending");
  await expect(page.getByText("Fact 1 of 9")).toBeVisible();
  for (let on = 0; on < 6; on += 1) await slider.press("ArrowRight");
  await expect(ticket).toHaveAttribute("data-state", "stuck");
  await expect(page.getByText("Nothing can be done in the past.", { exact: false })).toBeVisible();
  await expect(retry).toHaveCount(0);
  await expectAccessible(page);
  await slider.press("End");
  await expect(retry).toBeVisible();
});

test("a run opens at the side of the list, keys move from one to the next, and going back closes it", async ({
  page,
}) => {
  const side = page.getByRole("complementary", { name: "The run at the side" });
  const heading = side.getByRole("heading", { level: 2 });
  await page.goto("/runs?days=7");
  await page
    .getByRole("link", { name: /Chloé Bernard/ })
    .first()
    .click();
  await expect(heading).toHaveText("Chloé Bernard");
  await expect(page).toHaveURL(new RegExp(`days=7&run=${id("run", 2)}`));
  await page.keyboard.press("j");
  await expect(heading).toHaveText("Tomasz Zieliński");
  await expect(side.getByText("Jira refused it:")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("ArrowUp");
  await expect(heading).toHaveText("Chloé Bernard");
  await page.keyboard.press("Escape");
  await expect(side).toHaveCount(0);
  await page.keyboard.press("ArrowDown");
  await expect(heading).toHaveText("Nadia Haddad");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/runs/${id("run", 1)}$`));
  await page.goBack();
  await expect(heading).toHaveText("Nadia Haddad");
  await page.goBack();
  await expect(page).toHaveURL(/\/runs\?days=7$/);
  await expect(side).toHaveCount(0);
});

test("where there is no room at the side a run has the whole page", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/runs?run=${id("run", 3)}`);
  await expect(page).toHaveURL(new RegExp(`/runs/${id("run", 3)}$`));
  await page.goto("/runs");
  await page
    .getByRole("link", { name: /Chloé Bernard/ })
    .first()
    .click();
  await expect(page).toHaveURL(new RegExp(`/runs/${id("run", 2)}$`));
});
