import { expect, test } from "vitest";
import type { Preview } from "../../server/tries/preview-api.js";
import { catalogue } from "../e2e/fixtures/catalogue.js";
import { Answered } from "../ui/testing/answered.js";
import { draw } from "../ui/testing/render.js";
import { PreviewedProvider, type Previewed } from "./previewed.js";
import { TextPreview } from "./text-preview.js";

type Text = Preview["texts"][string];
const missing = (path: string): Text => ({
  text: "",
  isExample: false,
  problem: { code: "missing_field", path, message: "" },
});

/** Under the summary of an action. */
async function under(told: Text, isMasked = false): Promise<string> {
  const nothing = { conditions: {}, way: null, until: null, values: {} };
  const preview: Preview = { arrival: "here", texts: { "input.summary": told }, isMasked, ...nothing };
  const previewed = { preview } as Previewed;
  await draw(
    <Answered>
      <PreviewedProvider value={previewed}>
        <TextPreview id="below" path="input.summary" fields={catalogue.fields} />
      </PreviewedProvider>
    </Answered>,
  );
  return document.getElementById("below")?.textContent ?? "";
}

test("a text is told as it becomes", async () => {
  expect(await under({ text: "NPS 3", isExample: false, problem: null })).toBe("NPS 3");
});

test("what an earlier step would give is called an example", async () => {
  expect(await under({ text: "See SUP-1", isExample: true, problem: null })).toContain("an example");
});

test("what the event does not have is named as the forms name it", async () => {
  expect(await under(missing("feedback.product"))).toBe("“Product” is missing in this event.");
});

test("what comes from a step that has not run is no fault of the event", async () => {
  expect(await under(missing("steps.ticket.key"))).toBe("“key” comes when its step has run.");
});

test("what the reader may not see is not called missing", async () => {
  expect(await under(missing("contact.name"), true)).toBe("You may not see “Contact's name”, so this cannot be shown.");
});

test("what is no secret is missing for everybody", async () => {
  expect(await under(missing("feedback.product"), true)).toBe("“Product” is missing in this event.");
});

test("a text of which nothing is left says so", async () => {
  expect(await under({ text: " ", isExample: false, problem: null })).toBe("Nothing is left of this text.");
});
