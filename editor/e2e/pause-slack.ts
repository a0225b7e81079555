import type { Page } from "@playwright/test";
import type { AuditEvent } from "../../server/audit/audit-api.js";
import { connections } from "./fixtures/connections.js";
import { ago, id } from "./fixtures/ids.js";

const paused: AuditEvent = {
  id: id("event", 90),
  at: ago(130),
  actor: { kind: "member", id: id("person", 2), name: "Mara Lindqvist" },
  action: "connection.paused",
  target: { kind: "connection", id: id("connection", 1) },
  data: {},
  seq: 90,
};

/** From now on the connection to Slack is paused, and the audit knows by whom. */
export async function pauseSlack(page: Page): Promise<void> {
  const items = connections.map((connection) =>
    connection.connector === "slack"
      ? { ...connection, state: "paused", reason: "Paused by a member.", reasonCode: "paused_by_member" }
      : connection,
  );
  await page.route("**/api/connections", (route) => route.fulfill({ json: { items } }));
  await page.route("**/api/audit?*action=connection.paused*", (route) =>
    route.fulfill({ json: { items: [paused], next: null } }),
  );
}
