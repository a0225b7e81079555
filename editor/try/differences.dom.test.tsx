import { expect, test } from "vitest";
import { FlowStoreProvider } from "../flow/store-context.js";
import { createFlowStore } from "../flow/store.js";
import { aFlow, aNode } from "../flow/testing/drafts.js";
import { Answered } from "../ui/testing/answered.js";
import { draw } from "../ui/testing/render.js";
import { Differences } from "./differences.js";

test("a difference is told by the names that the draft has, and nothing is a word", async () => {
  const ticket = aNode("ticket", "action", { title: "", config: { action: "jira.createIssue@1" } });
  const either = aNode("either", "condition", { title: "Angry?" });
  const base = { step: "ticket", field: null, sentence: "" };
  const { text } = await draw(
    <Answered>
      <FlowStoreProvider value={createFlowStore(aFlow({ nodes: [either, ticket], edges: [] }))}>
        <Differences
          differences={[
            { ...base, kind: "request", field: "summary", was: "NPS 3", is: "" },
            { ...base, kind: "notTried", step: null, was: "", is: "There is no such source." },
            { ...base, kind: "way", step: "Angry?", was: "yes", is: "" },
          ]}
        />
      </FlowStoreProvider>
    </Answered>,
  );
  expect(text()).toMatch(/Step Create Jira issue: Summary\s+was “NPS 3”\s+is “nothing”/);
  expect(text()).toContain("It could not be run: the source of its event is gone, or you do not see it.");
  expect(text()).toContain("Step Angry? left by “yes”, leaves by “no way out”.");
});
