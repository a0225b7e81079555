import { expect, test } from "vitest";
import { aNode } from "../flow/testing/drafts.js";
import { Answered } from "../ui/testing/answered.js";
import { draw } from "../ui/testing/render.js";
import { useFieldWords } from "./change-words.js";
import type { FieldChange } from "../../workflows/flow/diff.js";

function Said({ change }: { readonly change: FieldChange }) {
  const { values } = useFieldWords()(aNode("step", "trigger"), change);
  return values && `${values.before} → ${values.after}`;
}
const said = async (change: FieldChange) => {
  const { text } = await draw(
    <Answered>
      <Said change={change} />
    </Answered>,
  );
  return text();
};

test("a choice is named where its field is one, and nowhere else", async () => {
  expect(await said({ of: "step", field: "title", before: "text", after: "park" })).toContain("text → park");
  expect(await said({ of: "config", field: "metrics", before: ["nps"], after: ["text"] })).toContain("NPS → Text");
});
