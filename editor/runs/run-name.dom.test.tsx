import { expect, test } from "vitest";
import type { RunSummary } from "../../server/runs/run-api.js";
import { runs } from "../e2e/fixtures/run-summaries.js";
import { draw } from "../ui/testing/render.js";
import { RunMark } from "./run-mark.js";
import { useRunNames } from "./run-name.js";

const at = new Date(2026, 10, 24, 9, 0).toISOString();
type Start = NonNullable<RunSummary["start"]>;

/** The chip, the name and the origin, as a list shows them. */
async function shown(start: Start | null, difference: Partial<RunSummary> = {}): Promise<readonly (string | null)[]> {
  const [some] = runs;
  if (!some) throw new Error("There is no run.");
  const run: RunSummary = { ...some, contactName: null, metric: "text", score: null, start, ...difference };
  function Row() {
    const { nameOf, originOf } = useRunNames();
    return (
      <>
        <RunMark run={run} />
        <b>{nameOf(run)}</b>
        <i>{originOf(run)}</i>
      </>
    );
  }
  await draw(<Row />);
  return [".lw-score", "b", "i"].map((one) => document.querySelector(one)?.textContent.trim() ?? null);
}

test.each<[Start, string, string]>([
  [{ kind: "schedule", at, by: null }, "Schedule", "Scheduled, 09:00"],
  [{ kind: "hand", at, by: "Ines" }, "By hand", "Started by Ines"],
  [{ kind: "hand", at, by: null }, "By hand", "Started by hand"],
  [{ kind: "api", at, by: "Nightly" }, "API", "Called by the API: Nightly"],
  [{ kind: "api", at, by: null }, "API", "Called by the API"],
])("a run that nothing was said for is called by what began it: %j", async (start, mark, name) => {
  expect(await shown(start)).toEqual([mark, name, "Started without feedback"]);
});

test("whom it is about comes first", async () => {
  expect(await shown({ kind: "hand", at, by: "Ines" }, { contactName: "Jane Doe" })).toEqual([
    "By hand",
    "Jane Doe",
    "Started by Ines",
  ]);
});

test("feedback stays what it was", async () => {
  expect(await shown(null, { sourceName: "Survey" })).toEqual(["Text", "Someone", "Survey"]);
});
