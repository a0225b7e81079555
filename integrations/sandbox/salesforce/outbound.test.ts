import { afterEach, beforeEach, expect, it } from "vitest";
import { SALESFORCE_ACCOUNT } from "../sandbox-accounts.js";
import { serveInMemory, type Served } from "../testing/memory-world.js";
import { createSalesforce } from "./index.js";
import { rawSalesforce, type RawSalesforce } from "./testing/raw-salesforce.js";

let served: Served;
let call: RawSalesforce;

beforeEach(async () => {
  served = await serveInMemory(createSalesforce);
  call = await rawSalesforce(served.url);
  served.world.set("salesforce.outboundMessageUrl", "http://127.0.0.1:9/soap");
});
afterEach(() => served.close());

const ack = (value: string) =>
  `<soapenv:Envelope><soapenv:Body><notificationsResponse><Ack>${value}</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>`;

it("tells of a changed case with what it holds when the message goes out", async () => {
  const { body } = await call("POST", "/sobjects/Case", { body: { Subject: "A & B", Priority: "Low" } });
  await call("PATCH", `/sobjects/Case/${body.id}`, { body: { Status: "Closed" } });
  await served.world.advance(0);
  const [first] = served.world.deliveries;
  expect(served.world.deliveries).toHaveLength(2);
  expect(first).toMatchObject({
    url: "http://127.0.0.1:9/soap",
    headers: { "Content-Type": "text/xml; charset=utf-8" },
  });
  expect(first?.body).toContain(`<OrganizationId>${SALESFORCE_ACCOUNT.orgId}</OrganizationId>`);
  expect(first?.body).toMatch(/<Notification>\s*<Id>04l\w{15}<\/Id>\s*<sObject xsi:type="sf:Case"/);
  expect(first?.body).toContain(`<sf:Id>${body.id}</sf:Id>`);
  expect(first?.body).toContain("<sf:Subject>A &amp; B</sf:Subject>");
  expect(first?.body).toContain("<sf:Status>Closed</sf:Status>");
});

it("is satisfied by an Ack only, and tries for a day", async () => {
  await call("POST", "/sobjects/Task", { body: { Subject: "x" } });
  await served.world.advance(0);
  const [delivery] = served.world.deliveries;
  expect(delivery?.accepted(200, ack("true"))).toBe(true);
  expect([
    delivery?.accepted(200, ack("false")),
    delivery?.accepted(200, ""),
    delivery?.accepted(500, ack("true")),
  ]).toEqual([false, false, false]);
  const total = delivery?.retryAfterMs.reduce((sum, wait) => sum + wait, 0) ?? 0;
  expect(total).toBeGreaterThan(20 * 3_600_000);
  expect(total).toBeLessThanOrEqual(24 * 3_600_000);
});

it("says nothing of a rolled-back change, of other objects, or without an address", async () => {
  await call("POST", "/sobjects/Account", { body: { Name: "Umbrella" } });
  await call("POST", "/composite", {
    body: {
      allOrNone: true,
      compositeRequest: [
        { method: "POST", url: "/services/data/v62.0/sobjects/Task", referenceId: "a", body: { Subject: "x" } },
        { method: "POST", url: "/services/data/v62.0/sobjects/Task", referenceId: "b", body: { Nope: 1 } },
      ],
    },
  });
  served.world.set("salesforce.outboundMessageUrl", "");
  await call("POST", "/sobjects/Task", { body: { Subject: "x" } });
  await served.world.advance(0);
  expect(served.world.deliveries).toEqual([]);
});

it("shows a record to a browser by either form of its link", async () => {
  const { body } = await call("POST", "/sobjects/Task", { body: { Subject: "<i>x</i>" } });
  const pages = [`/${body.id}`, `/lightning/r/Task/${body.id}/view`].map((path) => fetch(served.url + path));
  for (const page of await Promise.all(pages)) {
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(await page.text()).toContain("&lt;i&gt;x");
  }
  expect((await fetch(`${served.url}/00TLw0zzzzzzzzz`)).status).toBe(404);
});
