import { describe, expect, it } from "vitest";
import { jiraConnector } from "../../integrations/jira/index.js";
import { salesforceConnector } from "../../integrations/salesforce/index.js";
import type { ConnectionRow } from "./connection-store.js";
import { connectionView } from "./connection-view.js";

const row = (connector: string, facts: ConnectionRow["facts"]): ConnectionRow => ({
  id: "c1",
  workspace_id: "w1",
  connector,
  name: "Ours",
  config: {},
  secret_inbound: Buffer.alloc(0),
  secret_outbound: Buffer.alloc(0),
  secrets_set: [],
  secret_version: 1,
  state: "ok",
  reason: null,
  account: "Ops",
  target: "acme",
  notes: [],
  facts,
  sandbox: false,
  checked_at: null,
  created_at: new Date(),
});
const promises = (facts: ConnectionRow["facts"]) =>
  connectionView(row("salesforce", facts), { connector: salesforceConnector, sandboxOff: false }).exactlyOnce;

describe("what a connection promises of its actions", () => {
  it("follows what its check found out", () => {
    const external = { exactlyOnce: "external-id", externalIdTask: false, externalIdCase: true };
    expect(promises(external)).toEqual({
      "salesforce.createTask@1": "none",
      "salesforce.createCase@1": "proved",
      "salesforce.createNote@1": "none",
      "salesforce.updateContact@1": "looked-up",
    });
    expect(promises({ ...external, exactlyOnce: "effect-object" })["salesforce.createNote@1"]).toBe("proved");
  });

  it("is the action's own where nothing depends on the connection, and nothing for a product that is gone", () => {
    const jira = connectionView(row("jira", {}), { connector: jiraConnector, sandboxOff: false });
    expect(jira.exactlyOnce).toMatchObject({ "jira.createIssue@1": "looked-up" });
    expect(connectionView(row("gone", {}), { connector: undefined, sandboxOff: false }).exactlyOnce).toEqual({});
  });
});
