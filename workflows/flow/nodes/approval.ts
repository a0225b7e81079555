import { z } from "zod";
import type { FieldSpec } from "../catalogue.js";
import {
  defineNode,
  EvaluationError,
  output,
  type AskedApproval,
  type NodeEvaluation,
  type NodeWorld,
  type ProducedField,
} from "../node-type.js";
import { addDuration, durationSchema, type NodeId } from "../parts.js";
import { plannedFact } from "../planned-fact.js";
import { showsPersonalDataSchema, wording } from "../wording.js";
import { connectionProblems } from "./action.js";

export const approvalConfigSchema = z.object({
  connectionId: z.string().min(1),
  channel: z.string().min(1).max(80),
  /** Slack user ids; empty: any known person of the workspace. */
  approvers: z.array(z.string().max(80)).max(50),
  title: z.string().min(1).max(150),
  text: z.string().min(1).max(3000),
  expiresAfter: durationSchema,
  showsPersonalData: showsPersonalDataSchema,
});
type ApprovalConfig = z.infer<typeof approvalConfigSchema>;

export const approvalSlots = { ask: "ask", card: "card", decision: "decision" } as const;
export const approvalActions = { card: "slack.approvalCard@1", decision: "slack.approvalDecision@1" } as const;
const APPROVE_LABEL = "Approve";
const REJECT_LABEL = "Reject";
/** How long we try to write the decision on the card; the decision itself stands at once. */
const DECISION_RETRY = { amount: 1, unit: "days" } as const;

/** Asks people in Slack. The database row is the judge; the card is its picture, and gets the decision written on it at the end. */
export const approvalNode = defineNode(approvalConfigSchema, {
  group: "people",
  slot: approvalSlots.ask,
  defaults: {
    connectionId: "",
    channel: "",
    approvers: [],
    title: "",
    text: "",
    expiresAfter: { amount: 1, unit: "days" },
  },
  outputs: () => [output("approved", true), output("rejected"), output("expired")],
  produces: (_config, { id }) => ["approved", "rejected", "expired"].flatMap((taken) => fieldsOn(taken, id)),
  templates: ({ title, text }) => [
    { field: "title", template: title },
    { field: "text", template: text },
  ],
  check: ({ connectionId }, world) => connectionProblems(connectionId, { ...world, connector: "slack" }),
  evaluate: (config, world) => parts[world.slot]?.(config, world) ?? unknownSlot(world.slot),
});

const parts: Readonly<Record<string, (config: ApprovalConfig, world: NodeWorld) => NodeEvaluation>> = {
  [approvalSlots.ask]: ask,
  [approvalSlots.card]: (config, world) => card(config, world, askedBefore(world)),
  [approvalSlots.decision]: decide,
};

function ask(config: ApprovalConfig, world: NodeWorld): NodeEvaluation {
  const { nodeId } = world;
  const { renderMasked } = wording(config, world);
  const expiresAt = addDuration(world.now, config.expiresAfter);
  const asked = {
    approvalId: world.newId(),
    expiresAt: expiresAt.toISOString(),
    title: renderMasked(config.title, "title"),
    text: renderMasked(config.text, "text"),
  };
  const { approvalId, title, text } = asked;
  const { facts, effects = [] } = card(config, world, asked);
  const { approvers, connectionId, channel } = config;
  return {
    facts: [
      {
        kind: "asked",
        nodeId,
        data: { approvalId, expiresAt: asked.expiresAt },
        sealed: { title, text },
      },
      ...facts,
    ],
    effects,
    approval: { approvalId, nodeId, approvers, connectionId, channel, title, text, expiresAt },
  };
}

type Worded = Pick<AskedApproval, "approvalId" | "expiresAt" | "title" | "text">;

function card(
  config: ApprovalConfig,
  world: NodeWorld,
  { approvalId, expiresAt, title, text }: Worded,
): NodeEvaluation {
  const input = world.replacedInput ?? {
    channel: config.channel,
    approvalId,
    title,
    text,
    approveLabel: APPROVE_LABEL,
    rejectLabel: REJECT_LABEL,
    runUrl: world.runUrl,
  };
  return planned(config, world, {
    slot: approvalSlots.card,
    action: approvalActions.card,
    input,
    retryUntil: new Date(expiresAt),
    onAmbiguous: "park",
    closing: false,
  });
}

/** Writing a decision twice on the same card changes nothing, so a doubt is simply sent again. */
function decide(config: ApprovalConfig, world: NodeWorld): NodeEvaluation {
  const { title, text, card: posted, decision } = askedBefore(world);
  if (!posted) throw new EvaluationError("no_card", null, "There is no card to write the decision on.");
  const { output: taken, by, at, reason } = decision ?? { output: "withdrawn", by: null, at: null, reason: null };
  return planned(config, world, {
    slot: approvalSlots.decision,
    action: approvalActions.decision,
    input: {
      channel: posted["channel"],
      ts: posted["ts"],
      title,
      text,
      decision: taken,
      decidedBy: by,
      decidedAt: at ?? world.now.toISOString(),
      reason,
    },
    retryUntil: addDuration(world.now, DECISION_RETRY),
    onAmbiguous: "resend",
    closing: true,
  });
}

interface SlackWrite {
  readonly slot: string;
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly retryUntil: Date;
  readonly onAmbiguous: "park" | "resend";
  readonly closing: boolean;
}

function planned({ connectionId }: ApprovalConfig, world: NodeWorld, write: SlackWrite): NodeEvaluation {
  const { nodeId, iteration } = world;
  const effect = { effectId: world.newId(), nodeId, iteration, connectionId, ...write };
  return { facts: [plannedFact(effect)], effects: [effect] };
}

function askedBefore({ approval }: NodeWorld): AskedApproval {
  if (!approval) throw new EvaluationError("not_asked", null, "This approval was not asked yet.");
  return approval;
}

function unknownSlot(slot: string): never {
  throw new EvaluationError("unknown_slot", null, `An approval has no part “${slot}”.`);
}

function fieldsOn(taken: string, id: NodeId): ProducedField[] {
  const text = (name: string, title: string, rest: Pick<FieldSpec, "dataClass" | "optional">): ProducedField => ({
    output: taken,
    field: { path: `steps.${id}.${name}`, title, type: "string", ...rest },
  });
  return [
    text("decision", "Decision", { dataClass: "clear", optional: false }),
    text("decidedBy", "Decided by", { dataClass: "secret", optional: taken === "expired" }),
    text("reason", "Reason", { dataClass: "secret", optional: true }),
  ];
}
