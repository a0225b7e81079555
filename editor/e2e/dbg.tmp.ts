import { chromium } from "@playwright/test";
import { startFakeApi } from "./fake-api.js";
import { id } from "./fixtures/ids.js";
const api = await startFakeApi("full");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
page.on("console", (m) => console.log(m.type(), m.text()));
page.on("pageerror", (e) => console.log("ERR", e.message, e.stack?.slice(0, 600)));
page.on("request", (r) => {
  if (r.method() !== "GET") console.log(r.method(), r.url().replace(api.url, ""));
});
const count = async () =>
  `${await page.locator(".react-flow__node").count()} nodes ${await page.locator(".react-flow__edge").count()} edges`;
await page.goto(`${api.url}/flows/${id("flow", 3)}`);
await page.waitForSelector(".react-flow__node");
console.log(await count());
await page.getByRole("button", { name: "Condition" }).click();
console.log("click condition:", await count());
await page.getByRole("button", { name: "Slack message" }).click();
console.log("click slack:", await count());
await page.waitForTimeout(1200);
await page.screenshot({ path: "/tmp/dbg1.png" });
// type into message
await page.locator(".cm-content").first().click();
await page.keyboard.type("Hello {{ cont");
await page.waitForTimeout(700);
await page.screenshot({ path: "/tmp/dbg2.png" });
await page.keyboard.press("Enter");
await page.waitForTimeout(300);
console.log("text:", await page.locator(".cm-content").first().innerText());
// channel pick
await page.getByLabel("Channel").first().click();
await page.waitForTimeout(600);
await page.screenshot({ path: "/tmp/dbg3.png" });
await page.getByRole("option", { name: "#cx" }).click();
await page.waitForTimeout(900);
// click on pane -> undo
await page.locator(".react-flow__pane").click({ position: { x: 300, y: 600 } });
await page.keyboard.press("Control+z");
await page.keyboard.press("Control+z");
await page.keyboard.press("Control+z");
console.log("3 undos:", await count());
await page.keyboard.press("Control+Shift+z");
await page.keyboard.press("Control+Shift+z");
await page.keyboard.press("Control+Shift+z");
console.log("3 redos:", await count());
// drag from palette
await page
  .getByRole("button", { name: "Ask for approval" })
  .dragTo(page.locator(".react-flow__pane"), { targetPosition: { x: 500, y: 620 } });
console.log("drag:", await count());
// connect: from condition 'no' to approval
const no = page.locator('.react-flow__node[data-id="condition1"] .react-flow__handle[data-handleid="no"]');
const target = page.locator('.react-flow__node[data-id="approval1"] .react-flow__handle.target');
const a = await no.boundingBox();
const b = await target.boundingBox();
await page.mouse.move(a!.x + 5, a!.y + 5);
await page.mouse.down();
await page.mouse.move(b!.x - 20, b!.y, { steps: 5 });
await page.mouse.move(b!.x + 5, b!.y + 5, { steps: 5 });
await page.mouse.up();
console.log("connect:", await count());
// cycle refused: approval approved -> condition
const ap = page.locator('.react-flow__node[data-id="approval1"] .react-flow__handle[data-handleid="approved"]');
const ct = page.locator('.react-flow__node[data-id="condition1"] .react-flow__handle.target');
const c = await ap.boundingBox();
const d = await ct.boundingBox();
await page.mouse.move(c!.x + 5, c!.y + 5);
await page.mouse.down();
await page.mouse.move(d!.x + 5, d!.y + 5, { steps: 8 });
await page.mouse.up();
console.log("cycle:", await count());
await page.screenshot({ path: "/tmp/dbg4.png" });
// connect end on empty
const e = await ap.boundingBox();
await page.mouse.move(e!.x + 5, e!.y + 5);
await page.mouse.down();
await page.mouse.move(e!.x + 240, e!.y + 80, { steps: 8 });
await page.mouse.up();
await page.waitForTimeout(400);
await page.screenshot({ path: "/tmp/dbg5.png" });
await page.keyboard.type("jira issue");
await page.keyboard.press("Enter");
await page.waitForTimeout(300);
console.log("quick add:", await count());
// delete selected node w/ keyboard
await page.locator('.react-flow__node[data-id="approval1"]').click({ position: { x: 60, y: 20 } });
await page.keyboard.press("Delete");
await page.waitForTimeout(300);
console.log("delete approval:", await count());
// insert on edge
await page.locator(".lw-way-add").first().click({ force: true });
await page.waitForTimeout(300);
await page.keyboard.type("wait");
await page.keyboard.press("Enter");
await page.waitForTimeout(200);
console.log("insert:", await count());
await page.getByRole("button", { name: "Tidy up" }).click();
await page.waitForTimeout(900);
await page.screenshot({ path: "/tmp/dbg6.png" });
// keyboard nav
await page.locator(".react-flow__pane").click({ position: { x: 300, y: 660 } });
await page.keyboard.press("g");
await page.keyboard.press("r");
await page.waitForTimeout(800);
console.log(page.url().replace(api.url, ""));
await page.keyboard.press("?");
await page.waitForTimeout(500);
await page.screenshot({ path: "/tmp/dbg7.png" });
await browser.close();
await api.close();
