import { expectAccessible } from "./accessible.js";
import { expect, test } from "./fake-page.js";
import { id } from "./fixtures/ids.js";

test("a step of the tour is done by doing it, and the tour comes along to every page until it is hidden", async ({
  page,
}) => {
  await page.goto("/");
  const tour = page.getByRole("region", { name: "See the loop close, in five steps" });
  await expect(tour.getByRole("listitem")).toHaveCount(5);
  const looked = tour.getByRole("listitem").filter({ hasText: "Look at what a run did" });
  await expect(looked.getByRole("img", { name: "Not yet" })).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/runs/${id("run", 1)}`);
  await page.getByRole("button", { name: "Tour" }).click();
  const panel = page.getByRole("dialog", { name: "Tour" });
  await expect(panel.getByRole("listitem").first().getByRole("img", { name: "Done" })).toBeVisible();
  await expectAccessible(page);

  await panel.getByRole("link", { name: "Send a sample event" }).click();
  await page.route("**/samples", (route) =>
    route.fulfill({ status: 202, json: { eventId: id("feedback", 1), runIds: [id("run", 1)] } }),
  );
  await page.getByRole("button", { name: "Send a sample event" }).click();
  await page.getByRole("menuitem", { name: "Promoter" }).click();
  await expect(page.getByRole("status").filter({ hasText: "1 run started." })).toBeVisible();
  await expect(page.getByRole("link", { name: "Watch it" })).toHaveAttribute("href", `/runs/${id("run", 1)}`);

  await page.goto("/");
  await expect(tour.getByRole("img", { name: "Not yet" })).toHaveCount(2);
  await tour.getByRole("button", { name: "Hide the tour" }).click();
  await expect(tour).toHaveCount(0);
  await page.reload();
  await page.getByRole("button", { name: "Ines Moreau" }).click();
  await page.getByRole("menuitem", { name: "Show the tour" }).click();
  await expect(tour.getByRole("img", { name: "Not yet" })).toHaveCount(4);
});

test("a sample that starts runs of several flows leads to the list of them", async ({ page }) => {
  await page.goto("/sources");
  await page.getByRole("table").getByRole("link").first().click();
  await page.route("**/samples", (route) =>
    route.fulfill({ status: 202, json: { eventId: id("feedback", 1), runIds: [id("run", 1), id("run", 2)] } }),
  );
  await page.getByRole("button", { name: "Send a sample event" }).click();
  await page.getByRole("menuitem", { name: "Promoter" }).click();
  await page.getByRole("status").getByRole("link", { name: "Watch them" }).click();
  await expect(page).toHaveURL(/\/runs\?sourceId=/);
});
