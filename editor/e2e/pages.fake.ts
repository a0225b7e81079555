import { expectAccessible } from "./accessible.js";
import { expect, test } from "./fake-page.js";
import { flows } from "./fixtures/flows.js";
import { id } from "./fixtures/ids.js";
import { me } from "./fixtures/lists.js";

const pages = [
  "/",
  "/feedback",
  "/sources",
  `/sources/${id("source", 1)}`,
  "/flows",
  `/flows/${id("flow", 4)}`,
  `/flows/${id("flow", 1)}/versions`,
  "/templates",
  "/templates/churn-risk",
  "/runs",
  `/runs/${id("run", 3)}`,
  "/approvals",
  "/connections",
  `/connections/${id("connection", 2)}`,
  "/connections/new?connector=jira",
  "/audit",
  "/privacy",
  "/oversight",
  "/members",
  "/account",
  "/settings",
];

/** With the names of the pages, with their icons alone, and a phone: each in a light, and the first and the last in the other. */
const looks = [
  [1_280, "light"],
  [1_280, "dark"],
  [800, "light"],
  [390, "dark"],
] as const;

for (const path of pages) {
  test(`${path} is accessible at every width, light and dark`, async ({ page }) => {
    await page.goto(path);
    for (const [width, colorScheme] of looks) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
      await page.locator("main :is(h1, .react-flow__node, table, [role=tree])").first().waitFor();
      await expectAccessible(page);
    }
  });
}

for (const path of ["/runs", `/runs/${id("run", 1)}`, `/runs/${id("run", 3)}`]) {
  test(`${path} fits a phone`, async ({ page }) => {
    await page.setViewportSize({ width: 375, height: 812 });
    await page.goto(path);
    await page.locator("main h1").first().waitFor();
    await page.locator("main .lw-state-pill").first().waitFor();
    const beyond = await page.evaluate(() =>
      [...document.querySelectorAll("main header *, main .lw-card *, main .lw-facts *")]
        .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    expect(beyond).toEqual([]);
    expect(await page.evaluate(() => document.querySelector("main")?.scrollWidth)).toBeLessThanOrEqual(375);
  });
}

test("a step that was just drawn counts what is missing, without calling it wrong", async ({ page }) => {
  await page.route("**/api/flows/*/check", (route) =>
    route.fulfill({
      json: {
        problems: [
          { nodeId: "end1", field: "outcome", code: "value_missing", message: "Fill this in.", params: {} },
          { nodeId: "end1", field: null, code: "unreachable", message: "No way leads here.", params: {} },
        ],
        warnings: [],
        fourEyes: "off",
      },
    }),
  );
  await page.goto(`/flows/${id("flow", 3)}`);
  await page.getByRole("button", { name: "End", exact: true }).click();
  const card = page.locator('.react-flow__node[data-id="end1"] .lw-node');
  await expect(card.getByRole("img", { name: "2 things still to fill in" })).toBeVisible();
  await expect(card).toHaveAttribute("data-broken", "false");
  await page.getByLabel("Outcome").fill("");
  await page.getByLabel("Outcome").blur();
  await expect(card).toHaveAttribute("data-broken", "true");
  await expect(card.getByRole("img", { name: "2 problems" })).toBeVisible();
});

test("two keys lead to a page, and one shows them all", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
  // The second key counts only soon after the first, which a busy machine may miss.
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await expect(page).toHaveURL(/\/runs$/, { timeout: 2_000 });
  }).toPass();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "All keys" })).toBeVisible();
});

test("the filter of runs stands in the address", async ({ page }) => {
  await page.goto("/runs?state=stuck&flowId=nonsense");
  await expect(page.getByRole("button", { name: "state is stuck", exact: true })).toBeVisible();
  await expect(page.getByText("Tomasz Zieliński")).toBeVisible();
  await expect(page.getByText("Nadia Haddad")).toHaveCount(0);
});

test("the language changes every word at once and is kept", async ({ page }) => {
  await page.goto("/flows");
  await page.getByRole("button", { name: "Ines Moreau" }).click();
  await page.getByRole("menuitem", { name: "Français" }).click();
  await expect(page.getByRole("heading", { name: "Flux" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Flux" })).toBeVisible();
});

test("a stuck step says why and what to do", async ({ page }) => {
  await page.goto(`/runs/${id("run", 3)}`);
  await expect(page.getByText("Jira refused it:")).toBeVisible();
  await page.getByRole("button", { name: "Change and retry" }).click();
  await expect(page.getByRole("dialog").getByLabel("Summary")).toHaveValue(/The export fails/);
});

test.describe("when the API fails", () => {
  test.use({ scenario: "error" });
  test("a page says what happened and what to press", async ({ page }) => {
    await page.goto("/flows");
    await expect(page.getByRole("alert")).toContainText("The database is away");
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  });
});

test("a flow that was never published can be published as it stands", async ({ page }) => {
  const never = { ...flows[0], state: "draft", version: null, unpublishedChanges: false };
  await page.route(`**/api/flows/${id("flow", 1)}`, (route) => route.fulfill({ json: never }));
  await page.goto(`/flows/${id("flow", 1)}`);
  await expect(page.getByRole("button", { name: "Publish", exact: true })).toBeEnabled();
});

test("who may only look is offered nothing to change", async ({ page }) => {
  const looks = me.permissions.filter((permission) => /^(flows|runs|approvals|feedback):read$/.test(permission));
  await page.route("**/api/me", (route) => route.fulfill({ json: { ...me, permissions: looks } }));
  await page.goto(`/flows/${id("flow", 1)}`);
  await expect(page.locator(".react-flow__node").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /Publish/ })).toHaveCount(0);
  await expect(page.getByRole("complementary", { name: "Steps to add" })).toHaveCount(0);
  await page.locator('.react-flow__node[data-id="ticket"]').click();
  const form = page.getByRole("complementary", { name: "The selected step" });
  await expect(form.getByRole("heading", { name: "R&D ticket" })).toBeVisible();
  await expect(form.getByLabel("Name of the step")).toHaveCount(0);
  await expect(form.locator("fieldset")).toHaveAttribute("disabled");
  await form.getByRole("button", { name: "Close" }).click();
  await expect(form).toHaveCount(0);
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Flows", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Connections" })).toHaveCount(0);
});
