import type { Page } from "@playwright/test";
import type { FlowDetail } from "../../server/flows/flow-api.js";
import type { Presence } from "../../server/presence/presence-api.js";
import { expectAccessible } from "./accessible.js";
import { card } from "./canvas-hand.js";
import { expect, test } from "./fake-page.js";
import { flows } from "./fixtures/flows.js";
import { id } from "./fixtures/ids.js";
import { problem } from "./refusal.js";

const support = `/flows/${id("flow", 1)}`;
const maya = { memberId: id("person", 2), name: "Maya Chen" };
const jonas = { memberId: id("person", 3), name: "Jonas Weber" };
const withMaya = { holder: "other", name: maya.name, isActive: true } as const;

const line = (page: Page) => page.locator(".lw-pen-line");
const renamed = <Flow extends FlowDetail>(flow: Flow, title: string): Flow => ({
  ...flow,
  draftRevision: flow.draftRevision + 1,
  draft: { ...flow.draft, nodes: flow.draft.nodes.map((node) => (node.id === "ticket" ? { ...node, title } : node)) },
});

/** A server that others are at as well: what it says can be changed, and is asked for again with each end of the live stream. */
async function shared(page: Page, first: Partial<Presence>) {
  const [flow] = flows;
  if (!flow) throw new Error("The fixtures have no flow.");
  const server = {
    flow,
    presence: { draftRevision: flow.draftRevision, others: [], pen: null, ...first },
    /** What is told from the next draft on, which is refused. */
    takenBy: null as Partial<Presence> | null,
    saved: [] as unknown[],
  };
  await page.route("**/api/live", (route) =>
    route.fulfill({ contentType: "text/event-stream", body: "retry: 100\n\n" }),
  );
  await page.route("**/presence/*", (route) => route.fulfill({ json: server.presence }));
  await page.route("**/presence/*/take", (route) => {
    server.presence = { ...server.presence, pen: { holder: "this-tab", name: null, isActive: true } };
    server.takenBy = null;
    return route.fulfill({ json: server.presence });
  });
  await page.route(`**/api${support}`, (route) => route.fulfill({ json: server.flow }));
  await page.route("**/draft", (route) => {
    if (server.takenBy) {
      server.presence = { ...server.presence, ...server.takenBy };
      return route.fulfill({ status: 409, json: problem(409, "pen_held") });
    }
    server.saved.push(route.request().postDataJSON());
    const draftRevision = server.presence.draftRevision + 1;
    server.presence = { ...server.presence, draftRevision };
    return route.fulfill({ json: { revision: draftRevision, savedAt: "2026-01-01T00:00:00Z" } });
  });
  return server;
}

test("whoever comes second looks on, sees what is saved, and takes over by a second word", async ({ page }) => {
  const server = await shared(page, { others: [{ ...maya, isEditing: true }], pen: withMaya });
  await page.goto(support);
  await expect(line(page)).toContainText("Maya Chen is editing. You are looking on.");
  await card(page, "ticket").click();
  const form = page.getByRole("complementary", { name: "The selected step" });
  await expect(form.locator("fieldset")).toHaveAttribute("disabled");
  await expect(page.getByLabel("Name of the step")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Publish/ })).toHaveCount(0);
  await expect(page.locator("#lw-palette-search")).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveAttribute("readonly");
  await expectAccessible(page);

  server.flow = renamed(server.flow, "By Maya");
  server.presence = { ...server.presence, draftRevision: server.flow.draftRevision };
  await expect(card(page, "ticket")).toContainText("By Maya");

  await page.getByRole("button", { name: "Take over" }).click();
  const ask = page.getByRole("dialog", { name: "Take over?" });
  await expect(ask).toContainText("Maya Chen changed something less than a minute ago");
  await ask.getByRole("button", { name: "Take over" }).click();
  await expect(line(page)).toHaveCount(0);
  await page.getByLabel("Name of the step").fill("By me");
  await expect.poll(() => server.saved).toHaveLength(1);
  expect(server.saved).toMatchObject([{ revision: server.flow.draftRevision, tabId: expect.anything() as unknown }]);
});

test("whoever is taken over in the middle of a word keeps it, also when they leave the page, and takes it back", async ({
  page,
}) => {
  const server = await shared(page, {});
  await page.goto(support);
  await card(page, "ticket").click();
  await page.getByLabel("Name of the step").fill("Saved");
  await expect.poll(() => server.saved).toHaveLength(1);
  server.flow = { ...renamed(server.flow, "Saved"), draftRevision: server.presence.draftRevision };
  const pen = { ...withMaya, name: jonas.name, isActive: false };
  server.takenBy = { others: [{ ...jonas, isEditing: true }], pen };
  await page.getByLabel("Name of the step").fill("Half a wo");
  await expect(line(page)).toContainText("Jonas Weber took over. Your last changes are kept in this browser.");
  await expect(card(page, "ticket")).toContainText("Saved");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Back to flows" }).click();
  await expect(page.getByRole("heading", { name: "Flows", level: 1 })).toBeVisible();
  await page.goBack();
  await expect(line(page)).toContainText("Jonas Weber is editing. Your last changes are kept in this browser.");
  await expect(card(page, "ticket")).toContainText("Saved");
  await page.getByRole("button", { name: "Take over" }).click();
  await expect(card(page, "ticket")).toContainText("Half a wo");
  await expect.poll(() => JSON.stringify(server.saved.at(-1))).toContain("Half a wo");
});

test("what the browser has no room for stays on the page when the pen is lost, cannot be changed, and is saved later", async ({
  page,
}) => {
  await page.addInitScript(() => {
    const write = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if (key.startsWith("loopwright.aside.")) throw new DOMException("Full.", "QuotaExceededError");
      write.call(this, key, value);
    };
  });
  const server = await shared(page, {});
  server.takenBy = { others: [{ ...maya, isEditing: true }], pen: withMaya };
  await page.goto(support);
  await card(page, "ticket").click();
  await page.getByLabel("Name of the step").fill("Half a wo");
  await expect(line(page)).toContainText("Your last changes stand on this page only");
  await expect(card(page, "ticket")).toContainText("Half a wo");
  await expect(page.getByLabel("Name of the step")).toHaveCount(0);
  server.takenBy = null;
  server.presence = { ...server.presence, others: [], pen: null };
  await expect.poll(() => JSON.stringify(server.saved.at(-1))).toContain("Half a wo");
  await expect(line(page)).toHaveCount(0);
  await expect(page.getByLabel("Name of the step")).toBeVisible();
});

test("whoever else has the flow open is shown by name, and who edits by a word", async ({ page }) => {
  const others = [
    { ...jonas, isEditing: false },
    { ...maya, isEditing: true },
  ];
  const server = await shared(page, { others, pen: withMaya });
  await page.goto(support);
  const faces = page.getByRole("list", { name: "Who else has this flow open" });
  await expect(faces.getByRole("listitem")).toHaveText([/^MC.*editing$/, "JW"]);
  await faces.getByRole("img", { name: "Jonas Weber has this flow open" }).focus();
  await expect(page.getByRole("tooltip", { name: "Jonas Weber has this flow open" })).toBeVisible();
  server.presence = { ...server.presence, others: [], pen: null };
  await expect(faces).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Publish/ })).toBeVisible();
});
