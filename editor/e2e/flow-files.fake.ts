import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible.js";
import { card } from "./canvas-hand.js";
import { expect, test } from "./fake-page.js";
import { id } from "./fixtures/ids.js";
import { problem } from "./refusal.js";

async function openImport(page: Page): Promise<void> {
  await page.goto("/flows");
  await page.getByRole("button", { name: "Import" }).click();
}

test("a file that is refused says each reason with its line, and keeps what was pasted", async ({ page }) => {
  const message = "“a” leads to “b”, which is not in this file.";
  const problems = [{ line: 6, column: 11, code: "unknown_step", message, params: { from: "a", to: "b" } }];
  await page.route("**/api/flow-files", (route) =>
    route.fulfill({ status: 422, json: { ...problem(422, "flow_file_refused"), problems } }),
  );
  await openImport(page);
  const text = page.getByLabel("Or paste its text");
  await text.fill("schema: 1\nflow: Mine");
  await page.getByRole("dialog").getByRole("button", { name: "Import" }).click();
  await expect(page.getByRole("alert")).toContainText(`Line 6, column 11: ${message}`);
  await expect(text).toHaveValue("schema: 1\nflow: Mine");
  await expectAccessible(page);
});

test("a chosen file becomes a draft, and what it names that is not here is told before it is opened", async ({
  page,
}) => {
  const sent: unknown[] = [];
  const missing = [{ nodeId: "ticket", kind: "connection", name: "Their Jira", why: "unknown" }];
  await page.route("**/api/flow-files", (route) => {
    sent.push(route.request().postDataJSON());
    return route.fulfill({ status: 201, json: { id: id("flow", 1), name: "From elsewhere", missing } });
  });
  await openImport(page);
  const file = { name: "a.flow.yaml", mimeType: "application/yaml", buffer: Buffer.from("schema: 1\nflow: Chosen\n") };
  await page.locator('input[type="file"]').setInputFiles(file);
  await expect(page.getByLabel("Or paste its text")).toHaveValue(/flow: Chosen/);
  await page.getByRole("dialog").getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("No connection here is called “Their Jira”.")).toBeVisible();
  expect(sent).toEqual([{ file: "schema: 1\nflow: Chosen\n" }]);
  await page.getByRole("button", { name: "Open the draft" }).click();
  await expect(card(page, "ticket")).toBeVisible();
});

test("a flow is exported from its menu", async ({ page }) => {
  await page.goto(`/flows/${id("flow", 1)}`);
  await page.getByRole("button", { name: /^Actions for/ }).click();
  await expect(page.getByRole("menuitem", { name: "Export as a file" })).toHaveAttribute(
    "href",
    `/api/flows/${id("flow", 1)}/file`,
  );
});
