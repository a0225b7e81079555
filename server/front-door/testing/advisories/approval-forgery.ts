import { createHmac } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { SLACK_ACCOUNT } from "../../../../integrations/sandbox/sandbox-accounts.js";
import { APPROVE } from "../../../../integrations/slack/cards.js";
import { aNode } from "../../../../workflows/flow/testing/a-flow.js";
import { connectionsOf } from "../runs.js";
import { MAYA, TOM } from "../slack.js";
import { raw, statusOf } from "../../../testing/raw-http.js";
import { tryFlow, type Stage } from "./stage.js";

interface Approval {
  readonly id: string;
  readonly runId: string;
  readonly state: string;
}

export function approvalForgery(stage: Stage): void {
  let asked: Approval;

  /** As the demo's own approvals wait too, it is found by its run. */
  async function current(runId: string): Promise<Approval> {
    const { items } = (await stage.api("GET", "/api/approvals")).json as { items: Approval[] };
    const found = items.find((one) => one.runId === runId);
    if (!found) throw new Error("the approval is not listed");
    return found;
  }

  beforeAll(async () => {
    const { slack } = await connectionsOf(stage.api);
    const ask = aNode("approval", "ask", { connectionId: slack, approvers: [MAYA] });
    const { run } = await tryFlow(stage, [ask, aNode("stop", "done")], "start > ask, ask:approved > done");
    asked = await current(run?.id ?? "");
  });

  const payload = (user: string, team: string = SLACK_ACCOUNT.teamId, value = asked.id) =>
    JSON.stringify({
      type: "block_actions",
      trigger_id: "t.1",
      user: { id: user, username: "x", team_id: team },
      team: { id: team },
      container: { type: "message", channel_id: "C0CXTEAM01", message_ts: "1.1" },
      actions: [{ type: "button", action_id: APPROVE, value, action_ts: "2.1" }],
    });

  interface Sent {
    readonly body: string;
    readonly secret?: string;
    readonly type?: string;
    readonly over?: string;
    readonly ageS?: number;
    readonly more?: string;
  }

  async function interact({ body, secret = SLACK_ACCOUNT.signingSecret, over = body, ageS = 0, ...rest }: Sent) {
    const at = String(Math.floor(Date.now() / 1000) - ageS);
    const digest = createHmac("sha256", secret).update(`v0:${at}:${over}`).digest("hex");
    const head = [
      "POST /slack/interactivity HTTP/1.1",
      `Content-Type: ${rest.type ?? "application/x-www-form-urlencoded"}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Slack-Request-Timestamp: ${at}`,
      `X-Slack-Signature: v0=${digest}`,
      ...(rest.more ? [rest.more] : []),
    ];
    return statusOf(await raw(stage.product.url, head.join("\r\n"), body));
  }
  const form = (text: string): string => `payload=${encodeURIComponent(text)}`;

  it("a request that Slack did not sign decides nothing, however its fields are named or written", async () => {
    const body = form(payload(MAYA));
    const json = payload(MAYA);
    const forged: Sent[] = [
      { body, secret: "" },
      { body, secret: "wrong" },
      { body, over: form(payload(TOM)) },
      { body, ageS: 400 },
      { body, ageS: -400 },
      { body: json, type: "application/json" },
      { body, type: "application/json" },
      { body, type: "text/plain" },
      { body, over: "" },
      // A part that the signature does not cover.
      { body: `${body}&x=1`, over: body },
      { body: `${form(payload(TOM))}&${body}`, over: form(payload(TOM)) },
      { body: body.replace("payload=", "payload[]="), over: body },
      { body: body.replace("payload=", "Payload="), over: body },
      { body: body.replace("payload=", "%70ayload="), over: body },
      { body, secret: "wrong", more: "X-Slack-Signature: v0=0" },
    ];
    for (const one of forged) expect([one, await interact(one)]).toEqual([one, 401]);
    expect(await current(asked.runId)).toMatchObject({ state: "pending" });
  });

  it("a signed click of somebody who was not asked, or of another team, or about another name, decides nothing", async () => {
    const clicks = [
      payload(TOM),
      payload("U0NOBODY01"),
      payload(MAYA, "T0OTHERTEAM"),
      payload(MAYA.toLowerCase()),
      payload(` ${MAYA}`),
      payload(`${MAYA}\u0000`),
      payload(MAYA, undefined, asked.id.toUpperCase()),
      payload(MAYA, undefined, `${asked.id} `),
      payload(MAYA, undefined, asked.id.replaceAll("-", "")),
      JSON.stringify({ ...(JSON.parse(payload(TOM)) as object), user_id: MAYA, "user.id": MAYA }),
    ];
    for (const click of clicks) expect([click, await interact({ body: form(click) })]).toEqual([click, 200]);
    expect(await current(asked.runId)).toMatchObject({ state: "pending" });
  });

  it("there is no link, no address of the API and no token that approves", async () => {
    for (const path of [`/api/approvals/${asked.id}`, `/api/approvals/${asked.id}/approve`, `/approve/${asked.id}`])
      for (const method of ["POST", "PUT", "PATCH", "DELETE"])
        expect([method, path, (await stage.api(method, path, { decision: "approved" })).status]).toEqual([
          method,
          path,
          404,
        ]);
    for (const path of [`/api/approvals?approve=${asked.id}`, `/?approval=${asked.id}&decision=approved`])
      await stage.api("GET", path);
    const steps = `/api/runs/${asked.runId}/steps/ask`;
    expect((await stage.api("POST", `${steps}/skip`, { output: "approved" })).status).toBe(409);
    expect((await stage.api("POST", `${steps}/settle`, { externalId: "x", url: null })).status).toBe(409);
    expect(await current(asked.runId)).toMatchObject({ state: "pending" });
  });

  it("who was asked decides once; the same click again changes nothing", async () => {
    const body = form(payload(MAYA));
    expect([await interact({ body }), await interact({ body })]).toEqual([200, 200]);
    expect(await current(asked.runId)).toMatchObject({ state: "approved" });
  });
}
