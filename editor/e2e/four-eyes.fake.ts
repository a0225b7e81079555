import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible.js";
import { expect, test } from "./fake-page.js";
import { id } from "./fixtures/ids.js";
import { settings } from "./fixtures/lists.js";

/** What the server says of the saved draft. */
const saying = (page: Page, fourEyes: string) =>
  page.route("**/api/flows/*/check", (route) => route.fulfill({ json: { problems: [], warnings: [], fourEyes } }));

const notYours = { name: "Somebody else publishes this" };
const publish = { name: /^Publish( changes)?$/ };

test("whoever made the last change is told who publishes it, in place of the button", async ({ page }) => {
  await saying(page, "closed");
  await page.goto(`/flows/${id("flow", 3)}`);
  await page.getByRole("button", notYours).click();
  await expect(page.getByText("somebody with the right to publish who did not make the last change")).toBeVisible();
  await expect(page.getByRole("button", publish)).toHaveCount(0);
  await expectAccessible(page);
});

test("others publish, until they change something themselves", async ({ page }) => {
  let fourEyes = "open";
  await page.route("**/api/flows/*/check", (route) =>
    route.fulfill({ json: { problems: [], warnings: [], fourEyes } }),
  );
  await page.goto(`/flows/${id("flow", 3)}`);
  await expect(page.getByRole("button", publish)).toBeVisible();
  fourEyes = "closed";
  await page.getByRole("button", { name: "Condition" }).first().click();
  await expect(page.getByRole("button", notYours)).toBeVisible();
});

test("a lone admin who asks for four eyes is told that nobody else could publish", async ({ page }) => {
  let fourEyes = false;
  await page.route("**/api/settings", (route) => {
    const { method, body } = { method: route.request().method(), body: route.request().postDataJSON() as unknown };
    if (method === "PUT") fourEyes = (body as { fourEyes: boolean }).fourEyes;
    return route.fulfill({ json: { ...settings, fourEyes, publishers: 1 } });
  });
  await page.goto("/settings");
  const choice = page.getByRole("switch", { name: "Whoever made the last change" });
  await expect(choice).not.toBeChecked();
  await choice.click({ force: true });
  await expect(page.getByText("Nobody else could publish")).toBeVisible();
  await expect(page.getByRole("link", { name: "To the members" })).toBeVisible();
  await expect(choice).toBeChecked();
  await expectAccessible(page);
  await choice.click({ force: true });
  await expect(page.getByText("Nobody else could publish")).toHaveCount(0);
});
