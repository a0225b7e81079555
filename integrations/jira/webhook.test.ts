import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseJiraWebhook, verifyJiraWebhook } from "./webhook.js";

const SECRET = "a-secret-of-some-length";
const rawBody = Buffer.from('{"webhookEvent":"jira:issue_created", "x":"é"}');
const signed = (secret: string) => `sha256=${createHmac("sha256", secret).update(rawBody).digest("hex")}`;
const headers = (signature: string) => ({ "x-hub-signature": signature });

describe("verifyJiraWebhook", () => {
  it("accepts a signature over the raw bytes", () => {
    expect(verifyJiraWebhook({ rawBody, headers: headers(signed(SECRET)) }, [SECRET])).toEqual({ ok: true });
  });

  it("accepts the older secret while two are active", () => {
    expect(verifyJiraWebhook({ rawBody, headers: headers(signed("older-secret")) }, [SECRET, "older-secret"]).ok).toBe(
      true,
    );
  });

  it.each(["", "sha256=", `sha1=${"0".repeat(40)}`, `sha256=${"0".repeat(64)}`, signed("another")])(
    "refuses “%s”",
    (signature) => {
      expect(verifyJiraWebhook({ rawBody, headers: headers(signature) }, [SECRET]).ok).toBe(false);
    },
  );

  it("refuses a changed body and a missing header", () => {
    const changed = Buffer.from(rawBody.toString("utf8").replace("x", "y"));
    expect(verifyJiraWebhook({ rawBody: changed, headers: headers(signed(SECRET)) }, [SECRET]).ok).toBe(false);
    expect(verifyJiraWebhook({ rawBody, headers: {} }, [SECRET]).ok).toBe(false);
  });
});

describe("parseJiraWebhook", () => {
  const issue = {
    id: "10012",
    key: "SUP-12",
    fields: { labels: ["north", "lw-abc234"], status: { name: "Done", statusCategory: { key: "done" } } },
  };

  it("reads our key from the label of a created issue, which settles a doubt at once", () => {
    expect(parseJiraWebhook({ webhookEvent: "jira:issue_created", issue })).toEqual({
      kind: "issueCreated",
      issueId: "10012",
      issueKey: "SUP-12",
      key: "lw_abc234",
      proven: false,
    });
  });

  it.each([
    [{ loopwright: { k: "lw_abc234" } }, true],
    [{ loopwright: { k: "lw_other" } }, false],
    [{}, false],
    ["unreadable", false],
  ])("believes the label where the issue's properties %j say the same key: %s", (properties, proven) => {
    const event = { webhookEvent: "jira:issue_created", issue: { ...issue, properties } };
    expect(parseJiraWebhook(event)).toMatchObject({ key: "lw_abc234", proven });
  });

  it("reads the status of an updated issue and whether it changed", () => {
    const changelog = { items: [{ field: "status" }] };
    expect(parseJiraWebhook({ webhookEvent: "jira:issue_updated", issue, changelog })).toMatchObject({
      kind: "issueUpdated",
      status: { name: "Done", done: true },
      statusChanged: true,
    });
  });

  it("knows no key for issues that people made", () => {
    const theirs = { ...issue, fields: { ...issue.fields, labels: ["lw-NOT OURS"] } };
    expect(parseJiraWebhook({ webhookEvent: "jira:issue_created", issue: theirs })).toMatchObject({ key: null });
  });

  it.each([null, "text", {}, { webhookEvent: "comment_created" }, { webhookEvent: "jira:issue_created" }])(
    "ignores %j",
    (payload) => {
      expect(parseJiraWebhook(payload)).toBeNull();
    },
  );
});
