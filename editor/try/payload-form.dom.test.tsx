import { expect, test } from "vitest";
import { sources } from "../e2e/fixtures/lists.js";
import { Answered } from "../ui/testing/answered.js";
import { draw } from "../ui/testing/render.js";
import { PayloadForm } from "./payload-form.js";

test("a pasted delivery with a slip is there to be mended", async () => {
  // A text area that grows asks for them, and this document has none.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
  const event = { kind: "payload" as const, sourceId: sources[0]?.id ?? "", payload: '{ "score": 3' };
  const { field } = await draw(
    <Answered>
      <PayloadForm chosen={{ event, label: "Pasted" }} onChoose={() => undefined} />
    </Answered>,
  );
  expect(field("What the source would send, as JSON").value).toBe('{ "score": 3');
});
