import { id } from "./fixtures/ids.js";
import { pauseSlack } from "./pause-slack.js";
import type { Scenario } from "./fake-api.js";
import { flowShots } from "./flow-shots.js";
import { runShots } from "./run-shots.js";
import { startShots } from "./start-shots.js";
import { always, full, type Shot } from "./shot.js";
import { refusal } from "./refusal.js";

const signedOut: readonly Scenario[] = ["signedOut"];
export const shots: readonly Shot[] = [
  { name: "home", path: "/", scenarios: always },
  { name: "feedback", path: "/feedback", scenarios: always },
  { name: "sources", path: "/sources", scenarios: always },
  { name: "source", path: `/sources/${id("source", 1)}`, scenarios: full },
  ...flowShots,
  ...startShots,
  ...runShots,
  { name: "approvals", path: "/approvals", scenarios: always },
  { name: "audit", path: "/audit", scenarios: always },
  { name: "connections", path: "/connections", scenarios: always },
  { name: "connection", path: `/connections/${id("connection", 2)}`, scenarios: full },
  { name: "connection-new", path: "/connections/new?connector=jira", scenarios: full },
  { name: "privacy", path: "/privacy", scenarios: always },
  {
    name: "privacy-found",
    path: "/privacy",
    scenarios: full,
    act: async (page) => {
      await page.fill('[role="search"] input', "Sam");
      await page.click('[role="search"] button');
      await page.waitForSelector("table");
    },
  },
  { name: "oversight", path: "/oversight", scenarios: always },
  { name: "oversight-tool", path: `/oversight?thing=${id("connection", 1)}`, scenarios: full },
  { name: "oversight-duplicates", path: "/oversight?tab=duplicates", scenarios: always },
  { name: "oversight-requests", path: "/oversight?tab=requests", scenarios: always },
  { name: "oversight-senders", path: "/oversight?tab=senders", scenarios: always },
  {
    name: "privacy-limits",
    path: "/privacy",
    scenarios: always,
    act: async (page) => {
      await page.locator(".lw-page > :last-child").evaluate((last) => last.scrollIntoView({ block: "end" }));
    },
  },
  { name: "members", path: "/members", scenarios: always },
  {
    name: "members-invite",
    path: "/members",
    scenarios: full,
    act: (page) => page.click(".lw-page-actions button"),
  },
  {
    name: "members-invited",
    path: "/members",
    scenarios: full,
    act: async (page) => {
      await page.click(".lw-page-actions button");
      await page.fill('[role="dialog"] input[maxlength="120"]', "Chloé Bernard");
      await page.fill('[role="dialog"] input[type="email"]', "chloe.bernard@acme.example");
      await page.click('[role="dialog"] [type="submit"]');
      await page.waitForSelector(".lw-secret");
    },
  },
  {
    name: "members-saml",
    path: "/members",
    scenarios: always,
    act: async (page) => {
      await page.getByRole("tab", { name: "SAML 2.0" }).click();
      await page.locator(".lw-page > :last-child").evaluate((last) => last.scrollIntoView({ block: "end" }));
    },
  },
  {
    name: "members-menu",
    path: "/members",
    scenarios: full,
    act: (page) => page.locator("tbody .mantine-ActionIcon-root").nth(1).click(),
  },
  {
    name: "members-team",
    path: "/members",
    scenarios: full,
    act: async (page) => {
      await page
        .locator("tbody button", { hasText: /^(Change|Modifier)$/ })
        .first()
        .click();
      await page.getByRole("dialog").locator('[type="submit"]').scrollIntoViewIfNeeded();
    },
  },
  { name: "account", path: "/account", scenarios: ["full", "error"] },
  {
    name: "account-second-factor",
    path: "/account",
    scenarios: full,
    act: async (page) => {
      await page.locator("main section").nth(3).getByRole("button").click();
      await page.waitForSelector(".lw-qr");
    },
  },
  { name: "sign-in", path: "/", scenarios: signedOut },
  {
    name: "sign-in-code",
    path: "/",
    scenarios: signedOut,
    act: async (page) => {
      await page.route("**/api/sign-in", (route) => route.fulfill(refusal(401, "code_needed")));
      await page.fill('[type="email"]', "ines.moreau@acme.example");
      await page.fill('[autocomplete="current-password"]', "correct horse battery");
      await page.click('[type="submit"]');
      await page.waitForSelector('[autocomplete="one-time-code"]');
    },
  },
  { name: "settings", path: "/settings", scenarios: always },
  {
    name: "search",
    path: "/flows",
    scenarios: full,
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.waitForSelector(".mantine-Spotlight-action");
    },
  },
  {
    name: "pages",
    path: "/",
    scenarios: full,
    act: async (page) => {
      const menu = page.locator(".lw-phone-bar button").first();
      if (await menu.isVisible()) await menu.click();
      else await page.click(".lw-user");
    },
  },
  {
    name: "connection-paused",
    path: `/connections/${id("connection", 1)}`,
    scenarios: full,
    act: async (page) => {
      await pauseSlack(page);
      await page.reload();
    },
  },
  { name: "missing", path: "/nowhere", scenarios: full },
];
