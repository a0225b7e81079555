import { randomUUID } from "node:crypto";
import type { Role } from "../../../members/member-api.js";
import type { Client } from "../../../testing/http.js";
import type { httpLoopback } from "../../../../integrations/testing/loopback.js";
import { aNode } from "../../../../workflows/flow/testing/a-flow.js";
import type { DraftNode } from "../../../../workflows/flow/schema.js";
import type { RunDetail } from "../../../runs/run-api.js";
import { aResponse, deliver, demoSource } from "../clients.js";
import type { Product } from "../product.js";
import { draftFor, readRun, runUntil } from "../runs.js";

type Loopback = Awaited<ReturnType<typeof httpLoopback>>;

/** The running product, and what an attacker has around it. Filled before the first test. */
export interface Stage {
  readonly product: Product;
  /** Speaks as an admin of the workspace; `as` as any role, here or in a workspace of the attacker's own. */
  readonly api: Client;
  readonly anonymous: Client;
  readonly as: (role: Role, where?: "here" | "elsewhere") => Client;
  /** Private servers: two that flows may call, and one that they may not. */
  readonly partner: Loopback;
  readonly otherPartner: Loopback;
  readonly internal: Loopback;
  /** A path that no request may bring about, and one whose contents no answer may hold. */
  readonly marker: string;
  readonly canaryFile: { readonly path: string; readonly content: string };
}

export interface Tried {
  /** What publishing answered. */
  readonly status: number;
  readonly text: string;
  /** Null where it was refused. */
  readonly run: RunDetail | null;
}

/** Draws, publishes, delivers one event that only this flow takes, and waits for the end, a person or the first failure. */
export async function tryFlow(
  stage: Stage,
  drawn: readonly DraftNode[],
  edges: string,
  event: object = {},
): Promise<Tried> {
  const product = `attack ${randomUUID()}`;
  const made = await stage.api("POST", "/api/flows", { name: product, draft: draftFor(product, drawn, edges) });
  if (made.status !== 201) return { status: made.status, text: made.text, run: null };
  const { id } = made.json as { id: string };
  const { status, text } = await stage.api("POST", `/api/flows/${id}/publish`, { revision: 0 });
  if (status !== 200) return { status, text, run: null };
  const source = await demoSource(stage.product);
  const { runIds } = await deliver(stage.product, source, aResponse({ score: 9, ...event, product }));
  const runs = await Promise.all(runIds.map((runId) => readRun(stage.api, runId)));
  const own = runs.find(({ flowName }) => flowName === product);
  if (!own) throw new Error("the flow took no run");
  return { status, text, run: await runUntil(stage.api, own.id, (run) => run.state !== "queued" && !isTrying(run)) };
}

/** Not yet over, and nothing went wrong so far: what fails for a while would be tried for a day. */
const isTrying = ({ state, effects }: RunDetail): boolean =>
  state === "running" && effects.every(({ attempts }) => attempts.every(({ outcome }) => outcome !== "TRANSIENT"));

export const httpStep = (input: object, connectionId: string | null = null): DraftNode =>
  aNode("action", "call", { action: "http.request@1", connectionId, input: { body: "{}", ...input } });
