import { expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { createSignInLink } from "./sign-in.js";
import { startSession } from "./sessions.js";
import { invite, publicUrl, signedIn, useAccounts } from "./testing/accounts.js";

const accounts = useAccounts();

async function visitOf(headers: Record<string, string>) {
  const { test, workspaces, app } = accounts;
  const { adminId: memberId } = workspaces;
  const link = await transact(test.db, (tx) => createSignInLink(tx, { memberId, publicUrl, validMs: 60_000 }));
  const { pathname, search } = new URL(link);
  const address = pathname + search;
  return {
    form: `/sign-in/confirm${search}`,
    open: () => app.anonymous("GET", address, undefined, headers),
    press: (site: string) =>
      app.anonymous("POST", `/sign-in/confirm${search}`, undefined, { ...headers, "sec-fetch-site": site }),
  };
}

const cookieOf = async (memberId: string): Promise<string> =>
  `lw_session=${await transact(accounts.test.db, (tx) => startSession(tx, memberId, "link"))}`;

it.each([
  ["from another site's page", false],
  ["where somebody else is signed in", true],
])("a sign-in link that is opened %s asks first, and signs in from its own page only", async (_where, isTaken) => {
  const other = isTaken ? { cookie: await cookieOf((await invite(accounts, "viewer")).member.id) } : {};
  const site = { "sec-fetch-site": isTaken ? "none" : "cross-site" };
  const { form, open, press } = await visitOf({ ...site, ...other, "accept-language": "fr" });
  const asked = await open();
  expect([asked.status, asked.headers.has("set-cookie")]).toEqual([200, false]);
  expect(asked.text).toContain(`<form method="post" action="${form}"><button>Se connecter par ce lien</button>`);
  expect((await press("cross-site")).status).toBe(403);
  const pressed = await press("same-origin");
  expect([pressed.status, pressed.headers.get("location")]).toEqual([303, "/"]);
  const { json } = await signedIn(accounts, pressed)("GET", "/api/me");
  expect(json).toMatchObject({ member: { id: accounts.workspaces.adminId } });
  expect((await press("same-origin")).status).toBe(isTaken ? 303 : 410);
});

it.each([
  ["typed or printed by the program", { "sec-fetch-site": "none" }],
  ["opened where browsers say nothing of it", {}],
])("a sign-in link that is %s signs in at once", async (_how, headers) => {
  expect((await (await visitOf(headers)).open()).status).toBe(303);
});

it("a sign-in link for whoever is signed in asks nothing, wherever it is opened from", async () => {
  const cookie = await cookieOf(accounts.workspaces.adminId);
  const { open } = await visitOf({ cookie, "sec-fetch-site": "cross-site" });
  expect((await open()).status).toBe(303);
});
