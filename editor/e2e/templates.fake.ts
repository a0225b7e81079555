import { flowDraftSchema } from "../../workflows/flow/schema.js";
import { expectAccessible } from "./accessible.js";
import { cards } from "./canvas-hand.js";
import { expect, test } from "./fake-page.js";

test("a template is found from “New flow”, looked at, and made a flow that listens to the chosen source", async ({
  page,
}) => {
  await page.goto("/flows");
  await page.getByRole("button", { name: "New flow" }).click();
  await page.getByRole("dialog").getByRole("link", { name: "Start from a template" }).click();
  await page.getByRole("textbox", { name: "Search templates" }).fill("churn");
  await page.getByRole("combobox", { name: "System" }).selectOption("Salesforce");
  await expect(page.getByRole("status").filter({ hasText: "1 template" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Churn risk on a key account" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Why it works" })).toBeVisible();
  await expect(cards(page)).toHaveCount(11);
  await expectAccessible(page);
  await page.getByRole("combobox", { name: "Listens to" }).selectOption("Product survey");
  const asked = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/flows"));
  await page.getByRole("button", { name: "Use this template" }).press("Enter");
  const body = (await asked).postDataJSON() as { name: string; draft: unknown };
  const [trigger, ...steps] = flowDraftSchema.parse(body.draft).nodes;
  expect([body.name, trigger?.config["sources"], steps.length]).toEqual([
    "Churn risk on a key account",
    [expect.any(String)],
    10,
  ]);
  await page.goBack();
  await expect(page.getByRole("textbox", { name: "Search templates" })).toHaveValue("churn");
});

test.describe("where nothing is connected", () => {
  test.use({ scenario: "empty" });

  test("a template says what is missing, in French as well, and may be used all the same", async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem("loopwright.language", "fr"));
    await page.goto("/templates/praise");
    await expect(page.getByText("Pas encore de connexion Slack.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Connecter Salesforce" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Utiliser ce modèle" })).toBeEnabled();
    await expectAccessible(page);
  });
});
