import { expect, test } from "./fake-page.js";

test("no page makes markup or scripts of text, even where code asks it to", async ({ context }) => {
  // Not the page that fails a test for what its console says: what is refused is said there.
  const page = await context.newPage();
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
  const refused = await page.evaluate(() => {
    const attempts: readonly (() => unknown)[] = [
      () => (document.createElement("div").innerHTML = "<img src=x onerror=alert(1)>"),
      () => document.body.insertAdjacentHTML("beforeend", "<b>bold</b>"),
      () => document.createElement("iframe").setAttribute("srcdoc", "<p>text</p>"),
      () => (document.createElement("script").src = "/assets/other.js"),
      () => (document.createElement("script").textContent = "alert(1)"),
    ];
    return attempts.map((attempt) => {
      try {
        attempt();
        return "made";
      } catch (error) {
        return error instanceof TypeError ? "refused" : String(error);
      }
    });
  });
  expect(refused).toEqual(refused.map(() => "refused"));
});
