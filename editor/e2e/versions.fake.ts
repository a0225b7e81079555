import { expectAccessible } from "./accessible.js";
import { card } from "./canvas-hand.js";
import { expect, test } from "./fake-page.js";
import { id } from "./fixtures/ids.js";
import { versionsOf } from "./fixtures/versions.js";

const flowId = id("flow", 1);
const versions = `/flows/${flowId}/versions`;

test("a version is looked at beside the one before it, each difference marked and listed with its fields", async ({
  page,
}) => {
  await page.goto(`/flows/${flowId}`);
  await page.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Versions" }).click();
  const list = page.getByRole("navigation", { name: "Versions" });
  await expect(list.getByRole("link")).toHaveCount(3);
  await expect(list.getByRole("link").first()).toContainText("Live");
  await expect(card(page, "ticket")).toContainText("Added");
  await expect(card(page, "openCase")).toContainText("Removed");
  await expect(card(page, "callback")).toContainText("Changed");
  const panel = page.getByRole("complementary", { name: "Version 3" });
  await expect(panel.getByRole("listitem").filter({ hasText: "Due in hours" }).last()).toContainText("4 → 2");
  await expectAccessible(page);
  await page.getByText("The draft now").click();
  await expect(panel).toContainText("The draft says the same.");
  await list.getByRole("link", { name: "Version 2" }).click();
  await expect(page.getByRole("complementary", { name: "Version 2" })).toContainText(
    "Published although tests failedThe test expects the text of last month.",
  );
  await list.getByRole("link", { name: "Version 1" }).click();
  await expect(page).toHaveURL(new RegExp(`version=${id("event", 1)}`));
});

test("differences are not told before the names of steps and fields are there", async ({ page }) => {
  await page.addInitScript(() => {
    new MutationObserver(() => {
      if (document.querySelector(".lw-changes")?.textContent.includes("input.")) document.title = "nameless";
      window.name ||= document.title === "nameless" ? "nameless" : "";
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  const version = page.waitForResponse(/\/versions\/[^/]+$/);
  await page.route("**/api/catalogue", async (route) => {
    await version;
    await route.fallback();
  });
  await page.goto(versions);
  await expect(page.getByRole("complementary", { name: "Version 3" })).toContainText("Due in hours");
  expect(await page.evaluate(() => window.name)).toBe("");
});

test("a version is restored into the draft as one edit, which undo takes back", async ({ page }) => {
  const [, second] = versionsOf(flowId);
  const saved: unknown[] = [];
  await page.route("**/api/flows/*/draft", (route) => {
    saved.push(route.request().postDataJSON());
    return route.fulfill({ json: { revision: 8, savedAt: new Date().toISOString() } });
  });
  await page.goto(`${versions}?version=${id("event", 2)}`);
  await page.getByRole("button", { name: "Restore into the draft" }).click();
  await expect(page.getByText("Version 2 is the draft now.")).toBeVisible();
  await expect(card(page, "openCase")).toBeVisible();
  await expect(card(page, "ticket")).toHaveCount(0);
  await expect.poll(() => saved).toMatchObject([{ revision: 7, draft: { nodes: second?.drawn.nodes } }]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(card(page, "ticket")).toBeVisible();
  await expect(card(page, "openCase")).toHaveCount(0);
});

test("a flow is taken back to a draft from its menu, after a question", async ({ page }) => {
  const sent: string[] = [];
  await page.route("**/api/flows/*/unpublish", (route) => {
    sent.push(route.request().method());
    return route.fulfill({ json: {} });
  });
  await page.goto(versions);
  await page.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Unpublish" }).click();
  await expect(page.getByText("Open runs go on, and its versions stay.")).toBeVisible();
  await page.getByRole("button", { name: "Unpublish" }).click();
  await expect.poll(() => sent).toEqual(["POST"]);
});

test("a flow that was never published says what will be here", async ({ page }) => {
  await page.goto(`/flows/${id("flow", 4)}/versions`);
  await expect(page.getByText("Nothing was published yet")).toBeVisible();
});

test("where the canvas stands above the list, a step of the list brings it back to sight", async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 600 });
  await page.goto(versions);
  const canvas = page.locator(".react-flow");
  const step = page.getByRole("complementary", { name: "Version 3" }).getByRole("button", { name: /R&D ticket/ });
  await expect(step).toBeVisible();
  await page.locator(".lw-versions-bench").evaluate((bench) => bench.scrollTo({ top: bench.scrollHeight }));
  await expect(canvas).not.toBeInViewport({ ratio: 0.95 });
  await step.press("Enter");
  await expect(canvas).toBeInViewport({ ratio: 0.95 });
});
