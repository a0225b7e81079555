import type { Page } from "@playwright/test";
import type { FlowDetail } from "../../server/flows/flow-api.js";
import { flowDraftSchema } from "../../workflows/flow/schema.js";
import type { Start } from "../../workflows/flow/start.js";
import { expectAccessible } from "./accessible.js";
import { card, cards } from "./canvas-hand.js";
import { expect, test } from "./fake-page.js";
import { flows } from "./fixtures/flows.js";
import { id } from "./fixtures/ids.js";

const empty = `/flows/${id("flow", 3)}`;

async function openTrigger(page: Page): Promise<void> {
  await page.goto(empty);
  await expect(cards(page).first()).toBeVisible();
  await card(page, "feedback").click();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** The trigger's config, as it is saved once it holds this. */
async function savedStart(page: Page, holds: (start: Start | undefined) => boolean): Promise<void> {
  await page.waitForRequest((request) => {
    if (request.method() !== "PUT" || !request.url().endsWith("/draft")) return false;
    const { draft } = request.postDataJSON() as { draft: unknown };
    const [trigger] = flowDraftSchema.parse(draft).nodes;
    return holds(trigger?.config["start"] as Start | undefined);
  });
}

test("a trigger is given a form that somebody fills in, and says so on its card", async ({ page }) => {
  await openTrigger(page);
  await choose(page, "What starts it", "Somebody, by hand or by API");
  await page.getByRole("button", { name: "Add field" }).click();
  const saved = savedStart(
    page,
    (start) => start?.kind === "call" && start.fields[0]?.name === "storeNumber" && start.fields[0].type === "number",
  );
  const field = page.getByRole("group", { name: "Field 1" });
  await field.getByLabel("Label").fill("Store number");
  await field.getByRole("combobox", { name: "Kind" }).click();
  await page.getByRole("option", { name: "Number", exact: true }).click();
  await saved;
  await expect(card(page, "feedback")).toContainText("with Store number");
  await expectAccessible(page);
});

const called: FlowDetail = {
  ...(flows[0] as FlowDetail),
  start: {
    kind: "call",
    fields: [
      { name: "reason", title: "Reason", type: "string", required: true },
      { name: "whom", title: "Whom it is about", type: "contact", required: false },
      { name: "urgent", title: "Urgent", type: "boolean", required: false },
    ],
  },
};

test("a published flow is started by its form: one key, however often it is sent", async ({ page }) => {
  await page.route(`**/api/flows/${called.id}`, (route) => route.fulfill({ json: called }));
  const keys: (string | undefined)[] = [];
  const bodies: unknown[] = [];
  await page.route("**/api/flows/*/runs", (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    bodies.push(route.request().postDataJSON());
    const away = { type: "about:blank", title: "Busy", status: 503, code: "busy", detail: "Busy." };
    const json = { eventId: id("event", 1), runId: id("run", 1), duplicate: false };
    return route.fulfill(keys.length === 1 ? { status: 503, json: away } : { status: 202, json });
  });
  await page.goto(`/flows/${called.id}`);
  await page.getByRole("button", { name: "Run now" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("A late order");
  await dialog.getByRole("button", { name: "Start it by API" }).click();
  await expect(dialog.getByText(`/api/flows/${called.id}/runs`)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Start", exact: true }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByRole("button", { name: "Start", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${id("run", 1)}$`));
  expect(bodies).toEqual(Array(2).fill({ fields: { reason: "A late order", whom: null, urgent: false } }));
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(keys).size).toBe(1);
});

test("a schedule is chosen or written as a line, and shows its next times", async ({ page }) => {
  await openTrigger(page);
  await choose(page, "What starts it", "A schedule");
  await choose(page, "How often", "Every week");
  await choose(page, "On", "Sunday");
  await page.getByLabel("At", { exact: true }).fill("18:30");
  await page.getByRole("combobox", { name: "Time zone" }).fill("Tokyo");
  await page.getByRole("option", { name: "Asia/Tokyo", exact: true }).click();
  await expect(card(page, "feedback")).toContainText("Every Sunday at 18:30 (Asia/Tokyo)");
  await expect(page.getByRole("list", { name: "Next times" }).getByRole("listitem")).toHaveCount(5);
  await expect(page.getByRole("listitem").filter({ hasText: /^Sun.*18:30/ })).toHaveCount(5);
  await expectAccessible(page);
  const saved = savedStart(page, (start) => start?.kind === "schedule" && start.cron === "*/15 8-18 * * 1-5");
  await choose(page, "How often", "By a cron line");
  await page.getByLabel("Cron line").fill("*/15 8-18 * * 1-5");
  await expect(page.getByText("Every 15 minutes, between 08:00 and 18:59, Monday through Friday")).toBeVisible();
  await saved;
  await page.getByLabel("Cron line").fill("*/15 8-18 * *");
  await expect(page.getByText(/day of the week\. It has 4\.$/)).toBeVisible();
});
