import { id } from "./fixtures/ids.js";
import { always, full, type Shot } from "./shot.js";

/** The list of runs, and a run. */
export const runShots: readonly Shot[] = [
  { name: "runs", path: "/runs", scenarios: always },
  { name: "runs-side", path: `/runs?run=${id("run", 3)}`, scenarios: full },
  { name: "runs-stuck", path: "/runs?state=stuck", scenarios: full },
  {
    name: "runs-chosen",
    path: "/runs?days=7",
    scenarios: full,
    act: async (page) => {
      await page.locator(".lw-run-list input[type=checkbox]:enabled").first().check();
      await page.locator(".lw-bulk").waitFor();
    },
  },
  {
    name: "runs-filter",
    path: "/runs?state=stuck&errorClass=REJECTED",
    scenarios: full,
    act: (page) => page.locator(".lw-filter-words").first().click(),
  },
  {
    name: "run-past",
    path: `/runs/${id("run", 3)}?step=ticket`,
    scenarios: full,
    act: async (page) => {
      await page.getByRole("slider").focus();
      for (let back = 0; back < 3; back += 1) await page.keyboard.press("ArrowLeft");
    },
  },
  { name: "run-finished", path: `/runs/${id("run", 1)}`, scenarios: full },
  { name: "run-step", path: `/runs/${id("run", 1)}?step=ticket`, scenarios: full },
  { name: "run-waiting", path: `/runs/${id("run", 2)}?step=askManager`, scenarios: full },
  { name: "run-stuck", path: `/runs/${id("run", 3)}`, scenarios: full },
  { name: "run-doubt", path: `/runs/${id("run", 4)}`, scenarios: full },
];
