import { WebClient } from "@slack/web-api";
import { createServer } from "node:http";
import { existsSync } from "node:fs";
import { startSystems } from "./sandbox.js";
import { createSlack } from "./slack/index.js";
import { createJira } from "./jira/index.js";
import { SLACK_ACCOUNT, JIRA_ACCOUNT } from "./sandbox-accounts.js";
const systems = [createSlack, createJira];
let hasSf = existsSync(new URL("./salesforce/index.ts", import.meta.url));
if (hasSf) systems.push((await import("./salesforce/index.js" as string)).createSalesforce);
else
  systems.push((world) => {
    const tasks = world.collection<any>("salesforce", "records");
    return {
      name: "salesforce",
      portOffset: 4,
      operation: () => ({ name: "unsupported", writes: false }),
      handle: () => ({ status: 501 }),
      seed: () => {
        tasks.put("1", { sobject: "Account", fields: { Id: "001A", Name: "Fjellvik Outdoor AS", Industry: "Retail" } });
        tasks.put("2", {
          sobject: "Contact",
          fields: { Id: "003A", Name: "Sofia Berg", Email: "sofia@fjellvik.example", Phone: "+47 22 00 11 22" },
        });
        tasks.put("3", {
          sobject: "Task",
          fields: {
            Id: "00TA",
            Subject: "Call Sofia Berg back",
            Status: "Not Started",
            Priority: "High",
            ActivityDate: "2026-11-23",
          },
        });
      },
    };
  });
const sandbox = await startSystems({ systems, port: Number(process.argv[2] ?? 4700) });
let modal = false;
const app = createServer((req, res) => {
  let b = "";
  req.on("data", (c) => (b += c));
  req.on("end", async () => {
    const payload = JSON.parse(new URLSearchParams(b).get("payload") ?? "{}");
    res.end();
    if (payload.type === "block_actions" && payload.actions[0].action_id === "reject")
      await web.views.open({
        trigger_id: payload.trigger_id,
        view: {
          type: "modal",
          title: { type: "plain_text", text: "Reject the call" },
          submit: { type: "plain_text", text: "Reject" },
          blocks: [
            { type: "section", text: { type: "mrkdwn", text: "The run goes on by the *rejected* way." } },
            {
              type: "input",
              block_id: "why",
              label: { type: "plain_text", text: "Why?" },
              hint: { type: "plain_text", text: "Shown in the run and in this channel." },
              element: { type: "plain_text_input", action_id: "t", multiline: true },
            },
          ],
        },
      });
  });
}).listen(4799, "127.0.0.1");
sandbox.set("productUrl", "http://127.0.0.1:4799");
const web = new WebClient(SLACK_ACCOUNT.botToken, {
  slackApiUrl: sandbox.baseUrl("slack") + "/api/",
  retryConfig: { retries: 0 },
});
const meta = (k: string) => ({ event_type: "loopwright_effect", event_payload: { k } });
await sandbox.act("say", {
  channel: "cx",
  text: "Morning all, two detractors overnight. I'll look at the key accounts first.",
  user: "maya",
});
await web.chat.postMessage({
  channel: "#support",
  text: "Call back: *Sofia Berg*, +47 22 00 11 22, within 2 hours",
  metadata: meta("lw_7qk2m5zt4xw9c3fh6r8n"),
});
const jira = (path: string, body: unknown) =>
  fetch(sandbox.baseUrl("jira") + path, {
    method: "POST",
    headers: {
      authorization: "Basic " + Buffer.from(`${JIRA_ACCOUNT.email}:${JIRA_ACCOUNT.apiToken}`).toString("base64"),
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  }).then(async (r) => console.log(r.status, await r.text()));
await jira("/rest/api/3/issue", {
  fields: {
    project: { key: "RND" },
    issuetype: { name: "Bug" },
    summary: "Export to CSV fails on large surveys",
    labels: ["lw-lw_m4n8c2xk7q5tz9wf3hr6"],
  },
  properties: [{ key: "loopwright", value: { k: "lw_m4n8c2xk7q5tz9wf3hr6" } }],
});
sandbox.faults.add({ system: "slack", match: { slackMethod: "chat.postMessage" }, fault: { kind: "rst_after_apply" } });
await web.chat
  .postMessage({ channel: "#rnd", text: "New R&D ticket RND-3", metadata: meta("lw_dup2m5zt4xw9c3fh6r8n") })
  .catch(() => undefined);
if (process.argv[3] === "dup")
  await web.chat.postMessage({
    channel: "#rnd",
    text: "New R&D ticket RND-3",
    metadata: meta("lw_dup2m5zt4xw9c3fh6r8n"),
  });
sandbox.faults.clear();
if (process.argv[3] === "dup")
  sandbox.faults.add({
    system: "slack",
    times: null,
    fault: { kind: "rate_limit", retryAfter: 5 },
    match: { slackMethod: "users.list" },
  });
const posted = await web.chat.postMessage({
  channel: "#cx",
  text: "Key account unhappy",
  metadata: meta("lw_a9c3fh6r8n7qk2m5zt4x"),
  blocks: [
    { type: "header", text: { type: "plain_text", text: "Key account, NPS 3" } },
    {
      type: "section",
      text: {
        type: "mrkdwn",
        text: "*Sofia Berg*, Fjellvik Outdoor AS\n> The export fails every Monday and nobody calls back.",
      },
      fields: [
        { type: "mrkdwn", text: "*Score*\n3 of 10" },
        { type: "mrkdwn", text: "*Account value*\n€ 84,000" },
      ],
    },
    {
      type: "context",
      elements: [
        { type: "mrkdwn", text: "Asked by the flow _Key account, NPS < 6_" },
        { type: "mrkdwn", text: "expires Tuesday 14:00" },
      ],
    },
    { type: "divider" },
    {
      type: "actions",
      elements: [
        {
          type: "button",
          action_id: "approve",
          style: "primary",
          text: { type: "plain_text", text: "Approve executive call" },
        },
        { type: "button", action_id: "reject", style: "danger", text: { type: "plain_text", text: "Reject" } },
      ],
    },
  ],
});
console.log("ready", sandbox.url, posted.ts);
