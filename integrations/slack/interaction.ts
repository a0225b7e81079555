import { z } from "zod";
import { APPROVE, REJECT } from "./cards.js";
import { REASON_BLOCK, REASON_INPUT, REASON_VIEW, reasonContextSchema } from "./reason-modal.js";

/** A manager pressed a button of an approval card. */
export interface ApprovalClick {
  readonly kind: "approvalClick";
  readonly approvalId: string;
  readonly choice: "approve" | "reject";
  readonly teamId: string;
  readonly userId: string;
  readonly userName: string;
  readonly channel: string;
  readonly messageTs: string;
  /** Opens one modal, within three seconds. */
  readonly triggerId: string;
  readonly actionTs: string;
  readonly responseUrl: string | null;
}

/** A manager sent the modal that asks for a reason. */
export interface ReasonSubmitted {
  readonly kind: "reasonSubmitted";
  readonly approvalId: string;
  readonly reason: string;
  readonly teamId: string;
  readonly userId: string;
  readonly userName: string;
  readonly channel: string;
  readonly messageTs: string;
}

export type Interaction = ApprovalClick | ReasonSubmitted;

const userSchema = z.object({
  id: z.string(),
  username: z.string().optional(),
  name: z.string().optional(),
  team_id: z.string().optional(),
});
const whoSchema = z.object({ user: userSchema, team: z.object({ id: z.string() }).nullish() });

const clickSchema = whoSchema.extend({
  type: z.literal("block_actions"),
  trigger_id: z.string(),
  response_url: z.string().optional(),
  container: z.object({ channel_id: z.string(), message_ts: z.string() }),
  actions: z
    .array(z.object({ action_id: z.enum([APPROVE, REJECT]), value: z.string().min(1), action_ts: z.string() }))
    .length(1),
});

const submissionSchema = whoSchema.extend({
  type: z.literal("view_submission"),
  view: z.object({
    callback_id: z.literal(REASON_VIEW),
    private_metadata: z.string(),
    state: z.object({
      values: z.object({ [REASON_BLOCK]: z.object({ [REASON_INPUT]: z.object({ value: z.string().nullish() }) }) }),
    }),
  }),
});

/** Null for every payload but those two: other apps' buttons, shortcuts, closed views. */
export function parseInteraction(payload: unknown): Interaction | null {
  const click = clickSchema.safeParse(payload);
  if (click.success) return fromClick(click.data);
  const submission = submissionSchema.safeParse(payload);
  return submission.success ? fromSubmission(submission.data) : null;
}

function fromClick(payload: z.infer<typeof clickSchema>): ApprovalClick | null {
  const [action] = payload.actions;
  const who = identify(payload);
  if (!action || !who) return null;
  return {
    kind: "approvalClick",
    ...who,
    approvalId: action.value,
    choice: action.action_id === APPROVE ? "approve" : "reject",
    channel: payload.container.channel_id,
    messageTs: payload.container.message_ts,
    triggerId: payload.trigger_id,
    actionTs: action.action_ts,
    responseUrl: payload.response_url ?? null,
  };
}

function fromSubmission({ view, ...payload }: z.infer<typeof submissionSchema>): ReasonSubmitted | null {
  const who = identify(payload);
  const context = reasonContextSchema.safeParse(view.private_metadata);
  if (!who || !context.success) return null;
  const reason = view.state.values[REASON_BLOCK][REASON_INPUT].value?.trim() ?? "";
  return { kind: "reasonSubmitted", ...who, ...context.data, reason };
}

/** The person's own workspace decides: in a shared channel it is not always that of the app. */
function identify({
  user,
  team,
}: z.infer<typeof whoSchema>): { teamId: string; userId: string; userName: string } | null {
  const teamId = user.team_id ?? team?.id;
  return teamId ? { teamId, userId: user.id, userName: user.username ?? user.name ?? user.id } : null;
}
