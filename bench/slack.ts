import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { request, type Agent } from "undici";
import { freePortBlock } from "../bin/supervisor/testing/port-block.js";
import { PEOPLE, SLACK_ACCOUNT } from "../integrations/sandbox/sandbox-accounts.js";
import { APPROVE } from "../integrations/slack/cards.js";
import { lineOf, startChild } from "./child.js";
import type { Product } from "./sides/product.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const SLACK_OFFSET = 2;
/** The channels that the sandbox's app is in. */
const CHANNELS = ["#cx", "#support", "#rnd"] as const;

/** A Slack that is no part of the product: the sandbox, a process of its own. */
export interface Slack {
  readonly host: string;
  readonly stop: () => Promise<void>;
}

export async function startSlack(): Promise<Slack> {
  const port = await freePortBlock();
  const program = join(root, "dist/integrations/sandbox/main.js");
  const folder = await mkdtemp(join(tmpdir(), "loopwright-bench-slack-"));
  const child = startChild(process.execPath, [program], {
    name: "slack",
    cwd: root,
    env: { LOOPWRIGHT_DATA_DIR: folder, PORT: String(port) },
  });
  const stop = async (): Promise<void> => {
    await child.stop();
    await rm(folder, { recursive: true, force: true });
  };
  await lineOf(child, /"ready":true/);
  child.process.stdout?.resume();
  return { host: `127.0.0.1:${port + SLACK_OFFSET}`, stop };
}

export interface Channel {
  readonly connectionId: string;
  readonly channel: string;
}

/** Connects so many Slack workspaces; Slack takes a message a second into each channel, and 200 a minute into each workspace. */
export async function connectSlacks({ api }: Product, { host }: Slack, count: number): Promise<Channel[]> {
  const { botToken, signingSecret } = SLACK_ACCOUNT;
  const channels: Channel[] = [];
  for (let number = 1; number <= count; number += 1) {
    const wanted = {
      connector: "slack",
      name: `Slack ${number}`,
      config: { apiUrl: `http://${host}/api/` },
      secret: { botToken, signingSecret },
    };
    const { id } = (await api("POST", "/api/connections", wanted)) as { id: string };
    channels.push(...CHANNELS.map((channel) => ({ connectionId: id, channel })));
  }
  return channels;
}

/** A manager presses "Approve", as Slack says it to the product; answers how long the product took, in milliseconds. */
export async function approve(agent: Agent, { url }: Product, approvalId: string): Promise<number> {
  const body = new URLSearchParams({ payload: JSON.stringify(clickOn(approvalId)) }).toString();
  const seconds = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac("sha256", SLACK_ACCOUNT.signingSecret).update(`v0:${seconds}:${body}`).digest("hex");
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": seconds,
    "x-slack-signature": `v0=${digest}`,
  };
  const from = performance.now();
  const answer = await request(`${url}/slack/interactivity`, { dispatcher: agent, method: "POST", headers, body });
  await answer.body.dump();
  if (answer.statusCode !== 200) throw new Error(`a click was answered ${answer.statusCode}`);
  return performance.now() - from;
}

const [MANAGER] = PEOPLE;

const clickOn = (approvalId: string): object => ({
  type: "block_actions",
  user: { id: MANAGER.id, username: MANAGER.handle, team_id: SLACK_ACCOUNT.teamId },
  team: { id: SLACK_ACCOUNT.teamId },
  trigger_id: "1.1.bench",
  container: { channel_id: "C0CXTEAM01", message_ts: "1.000001" },
  actions: [{ action_id: APPROVE, value: approvalId, action_ts: "1.000001" }],
});
