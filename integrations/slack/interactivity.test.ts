import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readInteraction, verifySlackRequest } from "./interactivity.js";
import { reasonModal, toldModal } from "./reason-modal.js";

const NOW = new Date("2026-03-01T12:00:00Z");
const SECONDS = NOW.getTime() / 1000;
const FORM = "application/x-www-form-urlencoded";
const body = (payload: unknown) => Buffer.from(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());

function signed(rawBody: Buffer, { secret = "s1", at = SECONDS }: { secret?: string; at?: number } = {}) {
  const signature = createHmac("sha256", secret).update(`v0:${at}:`).update(rawBody).digest("hex");
  const headers = {
    "content-type": FORM,
    "x-slack-request-timestamp": String(at),
    "x-slack-signature": `v0=${signature}`,
  };
  return { rawBody, headers, signingSecrets: ["s0", "s1"], now: NOW };
}

describe("the signature of a Slack request", () => {
  const request = signed(body({ type: "block_actions" }));

  it("is good when any of the secrets made it, and says which", () => {
    expect(verifySlackRequest(request)).toEqual({ ok: true, secretIndex: 1 });
    expect(verifySlackRequest(signed(request.rawBody, { secret: "s0" }))).toEqual({ ok: true, secretIndex: 0 });
  });

  it("is good for the example in Slack's documentation", () => {
    const text =
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar" +
      "&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=" +
      "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN" +
      "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    const headers = {
      "content-type": FORM,
      "x-slack-request-timestamp": "1531420618",
      "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    };
    const signingSecrets = ["8f742231b10e8888abcd99yyyzzz85a5"];
    const now = new Date(1_531_420_618_000);
    expect(verifySlackRequest({ rawBody: Buffer.from(text), headers, signingSecrets, now })).toMatchObject({
      ok: true,
    });
  });

  it.each([-300, 300])("is good with a clock %i s away", (skew) => {
    expect(verifySlackRequest(signed(request.rawBody, { at: SECONDS + skew })).ok).toBe(true);
  });

  it.each([`${FORM}; charset=utf-8`, `${FORM};charset=UTF-8`, "Application/X-WWW-Form-Urlencoded"])(
    "is good with the content type %s",
    (type) => {
      expect(verifySlackRequest({ ...request, headers: { ...request.headers, "content-type": type } }).ok).toBe(true);
    },
  );

  it.each([-301, 301])("is refused with a clock %i s away", (skew) => {
    expect(verifySlackRequest(signed(request.rawBody, { at: SECONDS + skew }))).toMatchObject({
      reason: /five minutes/,
    });
  });

  const { headers } = request;
  it.each<[string, object]>([
    ["another body", { rawBody: body({ type: "block_actions", x: 1 }) }],
    ["the same form written otherwise", { rawBody: Buffer.from(request.rawBody.toString().replaceAll("%22", '"')) }],
    ["another time", { headers: { ...headers, "x-slack-request-timestamp": String(SECONDS + 1) } }],
    ["a time with a tail", { headers: { ...headers, "x-slack-request-timestamp": `${SECONDS}.0` } }],
    ["no time", { headers: { ...headers, "x-slack-request-timestamp": undefined } }],
    ["no signature", { headers: { ...headers, "x-slack-signature": undefined } }],
    ["a bare signature", { headers: { ...headers, "x-slack-signature": headers["x-slack-signature"].slice(3) } }],
    [
      "a shorter signature",
      { headers: { ...headers, "x-slack-signature": headers["x-slack-signature"].slice(0, -1) } },
    ],
    ["another content type", { headers: { ...headers, "content-type": "application/json" } }],
    ["other secrets", { signingSecrets: ["s2"] }],
    ["no secret", { signingSecrets: [] }],
  ])("is refused with %s", (_, more) => {
    const result = verifySlackRequest({ ...request, ...more });
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain(headers["x-slack-signature"].slice(3));
  });

  it("made with an empty secret is refused, also where a connection has none", () => {
    expect(verifySlackRequest({ ...signed(request.rawBody, { secret: "" }), signingSecrets: ["", "s1"] }).ok).toBe(
      false,
    );
  });

  it("is demanded of ssl_check requests too", () => {
    const rawBody = Buffer.from("ssl_check=1&token=x");
    expect(
      verifySlackRequest({ rawBody, headers: { "content-type": FORM }, signingSecrets: ["s1"], now: NOW }).ok,
    ).toBe(false);
  });
});

const click = {
  type: "block_actions",
  user: { id: "U1", username: "maya", name: "maya", team_id: "T1" },
  team: { id: "T1", domain: "acme" },
  container: { type: "message", message_ts: "1.000001", channel_id: "C1", is_ephemeral: false },
  trigger_id: "13345224609.738474920.8088930838d88f008e0",
  channel: { id: "C1", name: "cx" },
  response_url: "https://hooks.slack.com/actions/T1/1/x",
  actions: [
    { action_id: "approval.reject", block_id: "approval", type: "button", value: "apr_1", action_ts: "2.000001" },
  ],
};
const submission = {
  type: "view_submission",
  user: { id: "U1", name: "maya", team_id: "T1" },
  team: { id: "T1" },
  view: {
    id: "V1",
    callback_id: "approval.reason",
    private_metadata: JSON.stringify({ approvalId: "apr_1", channel: "C1", messageTs: "1.000001" }),
    state: { values: { reason: { text: { type: "plain_text_input", value: " too early " } } } },
  },
};

describe("an interaction", () => {
  it("that is a click on an approval says what was chosen, by whom and where", () => {
    expect(readInteraction(body(click))).toEqual({
      kind: "approvalClick",
      approvalId: "apr_1",
      choice: "reject",
      teamId: "T1",
      userId: "U1",
      userName: "maya",
      channel: "C1",
      messageTs: "1.000001",
      triggerId: click.trigger_id,
      actionTs: "2.000001",
      responseUrl: click.response_url,
    });
  });

  it("that is the reason's modal comes back with what it was opened for", () => {
    expect(readInteraction(body(submission))).toEqual({
      kind: "reasonSubmitted",
      approvalId: "apr_1",
      reason: "too early",
      teamId: "T1",
      userId: "U1",
      userName: "maya",
      channel: "C1",
      messageTs: "1.000001",
    });
  });

  it("takes the clicker's own workspace where the app's is another one", () => {
    const guest = { ...click, user: { ...click.user, team_id: "T_GUEST" } };
    expect(readInteraction(body(guest))).toMatchObject({ teamId: "T_GUEST" });
  });

  it.each<[string, unknown]>([
    ["another button", { ...click, actions: [{ ...click.actions[0], action_id: "approval.maybe" }] }],
    ["no value", { ...click, actions: [{ action_id: "approval.approve", action_ts: "1" }] }],
    ["two actions", { ...click, actions: [...click.actions, ...click.actions] }],
    ["no team at all", { ...click, team: null, user: { id: "U1" } }],
    ["another modal", { ...submission, view: { ...submission.view, callback_id: "other" } }],
    ["foreign metadata", { ...submission, view: { ...submission.view, private_metadata: "{" } }],
    ["a shortcut", { type: "shortcut" }],
    ["no object", [1]],
  ])("with %s is not ours", (_, payload) => {
    expect(readInteraction(body(payload))).toBeNull();
  });

  it.each(["payload=", "payload=%7B", "other=1", `payload=${"%5B".repeat(100_000)}`])(
    "of a body like %.20s is nothing",
    (text) => {
      expect(readInteraction(Buffer.from(text))).toBeNull();
    },
  );
});

describe("the modal for a reason", () => {
  const modal = {
    triggerId: "t1",
    approvalId: "apr_1",
    channel: "C1",
    messageTs: "1.000001",
    title: "Reject the executive call to Northwind?",
    label: "Why?",
    submitLabel: "Reject",
    cancelLabel: "Cancel",
  };

  it("fits Slack's limits and comes back as a submission for the same approval", () => {
    const { trigger_id, view } = reasonModal(modal);
    expect(trigger_id).toBe("t1");
    expect(view).toMatchObject({
      type: "modal",
      external_id: "reason-t1",
      title: { text: "Reject the executive ca…" },
    });
    const { private_metadata, callback_id } = view as Record<"private_metadata" | "callback_id", string>;
    const returned = { ...submission, view: { ...submission.view, private_metadata, callback_id } };
    expect(readInteraction(body(returned))).toMatchObject({
      kind: "reasonSubmitted",
      approvalId: "apr_1",
      channel: "C1",
    });
  });

  it("becomes a page that says why nothing came of it", () => {
    expect(toldModal("Too late.")).toMatchObject({
      response_action: "update",
      view: { type: "modal", close: { text: "Close" }, blocks: [{ type: "section", text: { text: "Too late." } }] },
    });
  });
});
