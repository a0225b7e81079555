import type { ReactNode } from "react";
import { expect, test } from "vitest";
import type { Preview } from "../../server/tries/preview-api.js";
import type { ConditionRow, DraftNode } from "../../workflows/flow/schema.js";
import { catalogue } from "../e2e/fixtures/catalogue.js";
import { aNode } from "../flow/testing/drafts.js";
import { Answered } from "../ui/testing/answered.js";
import { draw } from "../ui/testing/render.js";
import { RowPreview, WholePreview } from "./condition-preview.js";
import { Outcome } from "./outcome.js";
import { PreviewedProvider, type Previewed } from "./previewed.js";

const score = (operator: ConditionRow["operator"], value: number): ConditionRow => ({
  field: "feedback.score",
  operator,
  value,
});
const yes = { holds: true, problem: null };
const no = { holds: false, problem: null };
const checking = (...rows: ConditionRow[]): DraftNode =>
  aNode("check", "condition", { config: { when: { match: "all", rows } } });

/** What was found of "score at most 6" and "score at least 5" on a score of 3. */
const asked = checking(score("atMost", 6), score("atLeast", 5));
const preview: Preview = {
  arrival: "here",
  texts: {},
  conditions: { when: no, "when.rows[0]": yes, "when.rows[1]": no },
  way: "no",
  until: null,
  values: { "feedback.score": 3 },
  isMasked: false,
};
const found = { preview, askedConfig: asked.config, error: null, isAway: false } as Previewed;

async function drawn(previewed: Previewed, children: ReactNode): Promise<string> {
  await draw(
    <Answered>
      <PreviewedProvider value={previewed}>
        <div id="form">{children}</div>
      </PreviewedProvider>
    </Answered>,
  );
  return document.getElementById("form")?.textContent.trim() ?? "";
}

/** As the form shows it, with what it holds by now. */
const shown = (...rows: ConditionRow[]): Promise<string> =>
  drawn(
    found,
    <>
      {rows.map((row, index) => (
        <RowPreview key={index} path={`when.rows[${String(index)}]`} row={row} fields={catalogue.fields} />
      ))}
      <WholePreview path="when" condition={{ match: "all", rows: [...rows] }} fields={catalogue.fields} />
      <Outcome node={checking(...rows)} previewed={found} />
    </>,
  );

test("each row, all of them and the way out are told of what was asked about", async () => {
  expect(await shown(score("atMost", 6), score("atLeast", 5))).toBe(
    "3 ≤ 6: yes3 ≥ 5: noThe condition does not hold.Goes on by “no”.",
  );
});

test("a row that was changed since is not given the verdict of what stood there", async () => {
  expect(await shown(score("atMost", 2), score("atLeast", 5))).toBe("3 ≥ 5: no");
});

test("a row that moved up is not given the verdict of the one that was removed", async () => {
  expect(await shown(score("atLeast", 5))).toBe("");
});

test("without a connection that is told, and nothing else", async () => {
  const away: Previewed = { ...found, preview: null, isAway: true };
  expect(await drawn(away, <Outcome node={asked} previewed={away} />)).toBe("No preview. Loopwright does not answer.");
});
