import { chooseLanguage } from "../i18n/index.js";
import { act } from "react";
import { describe, expect, test } from "vitest";
import type { factDataSchemas } from "../../workflows/flow/facts.js";
import { id } from "../e2e/fixtures/ids.js";
import { runDetail } from "../e2e/fixtures/runs.js";
import { en } from "../i18n/en.js";
import { fr } from "../i18n/fr.js";
import { Answered } from "../ui/testing/answered.js";
import { draw } from "../ui/testing/render.js";
import { FactList } from "./fact-list.js";
import type { FactView } from "./fact-words.js";

const run = runDetail(id("run", 1));
if (!run) throw new Error("The fixtures have no finished run.");
const ticket = run.effects.find(({ nodeId }) => nodeId === "ticket");
if (!ticket) throw new Error("The fixtures sent no ticket.");

const SECRET_ID = "0198aaaa-0000-7000-8000-00000000beef";
const ids = { effectId: SECRET_ID, approvalId: SECRET_ID, responseId: SECRET_ID, revisionId: SECRET_ID };
const fact = (kind: string, data: Record<string, unknown> = {}, part: Partial<FactView> = {}): FactView => ({
  seq: 1,
  at: run.startedAt,
  kind,
  nodeId: "ticket",
  data: { ...ids, ...data },
  by: "Maya Lindqvist",
  ...part,
});

const list = (...facts: FactView[]) =>
  draw(
    <Answered>
      <FactList run={{ ...run, facts }} onSelect={() => undefined} />
    </Answered>,
  );

const UNTIL = "2026-03-03T14:00:00.000Z";
/** One of each, as the ledger holds them. */
const samples: Readonly<Record<keyof typeof factDataSchemas, readonly Record<string, unknown>[]>> = {
  started: [{}],
  revised: [{}],
  chose: [{ output: "yes" }],
  set: [{ names: ["greeting", "tier"] }],
  waits: [{ until: UNTIL }],
  woke: [{}],
  planned: [{ slot: "main", action: "jira.createIssue@1" }],
  settled: ["done", "failed", "ambiguous"].map((state) => ({ slot: "main", state, externalId: SECRET_ID })),
  asked: [{ expiresAt: UNTIL }],
  decided: ["approved", "rejected", "expired"].map((output) => ({ output })),
  stuck: [{ code: "in_doubt", field: null }],
  retried: [{ slot: "main", iteration: 1 }],
  reopened: [{ slot: "main", iteration: 0 }],
  skipped: [{ output: "next" }],
  cancelled: [{}, { replacedBy: SECRET_ID }],
  passedOver: [{ runId: SECRET_ID }],
  finished: [{ outcome: "followed up" }],
  erased: [{}],
};
const each = Object.entries(samples).flatMap(([kind, all]) => all.map((data) => [kind, data] as const));

describe.each([
  ["en", en.fact.other],
  ["fr", fr.fact.other],
] as const)("in %s", (language, unknown) => {
  test.each(each)("%s %j is a sentence without ids and without gaps", async (kind, data) => {
    const { text } = await list(fact(kind, data));
    await act(() => chooseLanguage(language));
    expect(text()).not.toContain(unknown);
    expect(text()).not.toContain(SECRET_ID);
    expect(text()).not.toMatch(/\{\{|undefined|fact\.|“”|« »/);
    expect(text()).toMatch(/\.$|\.Open in Jira$|\.Ouvrir dans Jira$/);
  });
});

test("a fact names its step, the action and the system, and leads to what was made there", async () => {
  const made = { effectId: ticket.id, slot: "main", state: "done", externalId: "RND-42", url: ticket.url };
  const { text } = await list(fact("settled", made));
  expect(text()).toContain("R&D ticket is done in Jira: “Create Jira issue”.");
  expect(document.querySelector(`a[href="${ticket.url ?? ""}"]`)?.textContent).toBe("RND-42");
});

test("what was withheld was refused by nobody", async () => {
  const { text } = await list(fact("settled", { slot: "main", state: "failed", code: "withheld_restricted" }));
  expect(text()).toContain("was not sent to Jira, for the sake of the person behind it.");
});

test("a link to what has an id that nobody reads says where it leads", async () => {
  await list(fact("settled", { effectId: ticket.id, slot: "main", state: "done", externalId: "069000000000001" }));
  expect(document.querySelector("a")?.textContent).toBe("Open in Jira");
});

test("whoever decided is named, and a decision by nobody is no answer", async () => {
  const { text } = await list(
    fact("decided", { output: "approved" }),
    fact("decided", { output: "expired" }, { seq: 2, by: null }),
  );
  expect(text()).toContain("was approved by Maya Lindqvist.");
  expect(text()).toContain("got no answer in time.");
});

test("ids come out on demand only", async () => {
  const { text } = await list(fact("asked", { expiresAt: UNTIL }));
  const details = document.querySelector<HTMLButtonElement>('button[aria-label="Details of this line"]');
  expect(text()).not.toContain(SECRET_ID);
  act(() => details?.click());
  expect(details?.getAttribute("aria-expanded")).toBe("true");
  expect(text()).toContain(`Approval id${SECRET_ID}`);
});

test("a kind that this page does not know is not shown by its code", async () => {
  const { text } = await list(fact("teleported"));
  expect(text()).toContain(en.fact.other);
  expect(text()).not.toContain("teleported");
});
