import { isPortTaken } from "../../bin/supervisor/ports.js";
import { expectAccessible } from "./accessible.js";
import { card, cards } from "./canvas-hand.js";
import { approveInSandbox } from "./real/approve.js";
import { drawAndPublish } from "./real/draw-flow.js";
import { picture } from "./real/picture.js";
import { stillAlive } from "./real/process-tree.js";
import { expect, test } from "./real/real-product.js";
import { countLoads, expectDone, openRun, runRow, runState } from "./real/run-page.js";
import { sendFeedback } from "./real/webhook.js";

const { step } = test;

const CALLBACK = "NPS < 6 → support callback + R&D ticket + CRM note";
const EXECUTIVE = "Key account, NPS < 6 → ask manager in #cx → executive call";
const THANKS = "Any NPS answer → tell #general";

test("a newcomer sees the loop close: from npm start to flows of their own", async ({ page, product, browser }) => {
  const loads = countLoads(page);

  await step("the link of the ready line signs in, once", async () => {
    await page.goto(product.signInUrl);
    await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
    const elsewhere = await browser.newContext();
    const stranger = await elsewhere.newPage();
    expect((await stranger.goto(product.signInUrl))?.status()).toBe(410);
    await expect(stranger.getByText("This sign-in link was used already, or is too old.")).toBeVisible();
    await expect(stranger.getByText("npm run --silent cli -- sign-in-link")).toBeVisible();
    await expectAccessible(stranger);
    await stranger.getByRole("link", { name: "Sign in by password" }).click();
    await expect(stranger.getByRole("textbox", { name: "Password" })).toBeVisible();
    await elsewhere.close();
  });

  await step("the first screen shows both flows, what was heard, a finished run, and who is waited for", async () => {
    for (const flow of [CALLBACK, EXECUTIVE]) {
      await expect(page.getByRole("region", { name: "Flows" }).getByRole("link", { name: flow })).toBeVisible();
    }
    await expect(page.getByRole("listitem").filter({ hasText: "Heard" })).toContainText("9");
    await expect(runRow(page, CALLBACK, "Jane Doe")).toContainText("Finished");
    await expect(page.getByText("Executive call for Northwind Traders?")).toBeVisible();
    await expect(page.getByText("Sandbox: nothing leaves this machine")).toBeVisible();
    await expectAccessible(page);
  });

  await step("the published flow stands on its canvas", async () => {
    await page.getByRole("region", { name: "Flows" }).getByRole("link", { name: CALLBACK }).click();
    await expect(cards(page)).toHaveCount(6);
    await expect(card(page, "ticket")).toContainText("R&D ticket");
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    await expectAccessible(page);
  });

  const sandbox = await page.context().newPage();
  await step("an approval in the sandbox's Slack goes on before the newcomer's eyes", async () => {
    await openRun(page, EXECUTIVE, "Jane Doe");
    await expect(runState(page)).toHaveText("Waiting");
    const before = loads();
    await sandbox.goto(product.sandboxUrl);
    await expectAccessible(sandbox);
    await approveInSandbox(sandbox, "#cx", "Executive call for Northwind Traders?");
    await expect(runState(page)).toHaveText("Finished");
    expect(loads()).toBe(before);
    await expectDone(page, "tellTeam", { title: "Tell the team", system: "Slack", sent: "#cx" });
    await expectDone(page, "call", {
      title: "Executive call",
      system: "Salesforce",
      sent: /^Executive call: Northwind/,
    });
    await picture(page, "first-screen");
    await expectAccessible(page);
  });

  await step("a signed webhook becomes a run in the list, live, with a ticket, a message and a note", async () => {
    await page.getByRole("link", { name: "Runs", exact: true }).click();
    await expect(runRow(page, CALLBACK, "Jane Doe")).toBeVisible();
    const before = loads();
    const runIds = await sendFeedback(product, { name: "Ada Brandt", score: 2, comment: "It forgets my filters." });
    expect(runIds).toHaveLength(1);
    await expect(runRow(page, CALLBACK, "Ada Brandt")).toContainText("Finished");
    expect(loads()).toBe(before);
    await expectAccessible(page);
    await openRun(page, CALLBACK, "Ada Brandt");
    await expect(page.getByText("It forgets my filters.", { exact: true })).toBeVisible();
    await expectDone(page, "tellSupport", { title: "Tell support", system: "Slack", sent: /Call back Ada Brandt/ });
    await expectDone(page, "ticket", { title: "R&D ticket", system: "Jira", sent: "NPS 2: It forgets my filters." });
    await expectDone(page, "callback", { title: "Callback task", system: "Salesforce", sent: /^Call back Ada Brandt/ });
  });

  await step("a flow drawn by hand takes up the next answer", async () => {
    await drawAndPublish(page, { name: THANKS, channel: "#general", text: "We heard you." });
    await expectAccessible(page);
    await sendFeedback(product, { name: "Kofi Mensah", score: 9, comment: "Quick and friendly." });
    await openRun(page, THANKS, "Kofi Mensah");
    await expect(runState(page)).toHaveText("Finished");
    await expectDone(page, "postMessage1", { title: "Slack message", system: "Slack", sent: "We heard you." });
    await sandbox.getByRole("tab", { name: "#general" }).click();
    await expect(sandbox.getByRole("article").filter({ hasText: "We heard you." })).toBeVisible();
  });

  await step("Ctrl-C stops every process and frees every port", async () => {
    const processes = product.processes();
    expect(processes.length).toBeGreaterThanOrEqual(7); // npm, the supervisor and its five
    await page.goto("about:blank");
    await sandbox.close();
    await product.pressCtrlC();
    expect(stillAlive(processes)).toEqual([]);
    for (const port of product.ports) expect(await isPortTaken(port, "127.0.0.1"), `port ${String(port)}`).toBe(false);
  });
});
