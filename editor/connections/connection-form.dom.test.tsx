import { expect, test } from "vitest";
import { ApiError } from "../api/client.js";
import { connections, connectors } from "../e2e/fixtures/connections.js";
import { draw } from "../ui/testing/render.js";
import { ConnectionForm } from "./connection-form.js";
import type { Settings } from "./connection-form.js";

const jira = connectors.items.find(({ name }) => name === "jira");
const connection = connections.find(({ connector }) => connector === "jira");

async function aForm(error: unknown = null) {
  const saved: Settings[] = [];
  if (!jira || !connection) throw new Error("The fixtures have no Jira.");
  const save = (settings: Settings) => void saved.push(settings);
  const page = await draw(
    <ConnectionForm connector={jira} connection={connection} error={error} isPending={false} onSave={save} />,
  );
  return { ...page, saved };
}

test("a secret that is set is marked, never shown, and kept when its field stays empty", async () => {
  const { field, saved, submit } = await aForm();
  expect(field("API token").placeholder).toBe("Set. Leave empty to keep it");
  expect(field("API token").value).toBe("");
  submit();
  expect(saved).toEqual([{ name: "Jira", config: connection?.config, secret: {} }]);
});

test("a new secret is sent", async () => {
  const { saved, write, submit } = await aForm();
  write("API token", "s3cret");
  submit();
  expect(saved[0]?.secret).toEqual({ apiToken: "s3cret" });
});

test("a refusal is said in the system's words, at its field where it names one", async () => {
  const detail = "Jira did not accept the API token.";
  const problem = { type: "about:blank", title: "Refused", status: 422, code: "connection_refused", detail };
  const { text } = await aForm(new ApiError({ ...problem, fields: { "secret.apiToken": "Not accepted." } }));
  expect(text()).toContain(detail);
  expect(text()).toContain("Not accepted.");
});
