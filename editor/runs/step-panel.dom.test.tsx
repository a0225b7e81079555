import { expect, test } from "vitest";
import { z } from "zod";
import { approvalCard } from "../../integrations/slack/actions/approval-card.js";
import { approvalDecision } from "../../integrations/slack/actions/approval-decision.js";
import { id } from "../e2e/fixtures/ids.js";
import { runDetail } from "../e2e/fixtures/runs.js";
import { inFrench } from "../i18n/in-french.js";
import { readFields } from "../ui/form-fields.js";
import { Answered } from "../ui/testing/answered.js";
import { draw } from "../ui/testing/render.js";
import { StepPanel } from "./step-panel.js";

const run = runDetail(id("run", 1));
if (!run) throw new Error("The fixtures have no finished run.");
const panel = (shown: typeof run) =>
  draw(
    <Answered>
      <StepPanel run={shown} nodeId="ticket" onClose={() => undefined} />
    </Answered>,
  );
const sentence = () => document.querySelector(".lw-inspector-sentence")?.textContent;

test("a step says what it sent, not the template that it was made from", async () => {
  await panel(run);
  expect(sentence()).toBe("Create a Bug in RND: NPS 3: The export fails every Monday morning.");
});

test("a reader who may not see people gets the template", async () => {
  await panel({ ...run, effects: run.effects.map((effect) => ({ ...effect, request: null })) });
  expect(sentence()).toContain("‹");
  expect(sentence()).not.toContain("Monday");
});

test("a step that waits for a connection says for which, not that it is under way", async () => {
  const steps = run.steps.map((step) => (step.nodeId === "ticket" ? { ...step, state: "running" as const } : step));
  const held = { nodeId: "ticket", connectionId: id("connection", 2), name: "Acme Jira", state: "paused" } as const;
  await panel({ ...run, steps, heldBy: [held] });
  expect(document.body.textContent).toContain("It waits for the connection “Acme Jira”, which is paused");
  expect(document.body.textContent).not.toContain("It is being carried out.");
});

test.each([approvalCard, approvalDecision])(
  "every field of $title has a title where it is retried, in French too",
  (action) => {
    const titles = readFields({ ...z.toJSONSchema(action.input, { io: "input" }) }).map(({ name, title }) => [
      name,
      title,
    ]);
    expect(titles.filter(([name, title]) => name === title)).toEqual([]);
    expect(titles.filter(([, title = ""]) => inFrench(title) === title)).toEqual([]);
  },
);
