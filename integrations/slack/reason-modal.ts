import { z } from "zod";
import { slackApi, type SlackCall } from "./client.js";
import { clip } from "./mrkdwn.js";

export const REASON_VIEW = "approval.reason";
export const REASON_BLOCK = "reason";
export const REASON_INPUT = "text";
/** Block Kit reference: a view's title and its buttons. */
const MAX_TITLE = 24;
const MAX_REASON = 1_000;

/** Travels through Slack in `private_metadata`, which people can neither see nor change. */
const contextSchema = z.object({ approvalId: z.string(), channel: z.string(), messageTs: z.string() });
export type ReasonContext = z.infer<typeof contextSchema>;

export const reasonContextSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue("not JSON");
      return z.NEVER;
    }
  })
  .pipe(contextSchema);

export interface ReasonModal extends ReasonContext {
  readonly triggerId: string;
  readonly title: string;
  readonly label: string;
  readonly submitLabel: string;
  readonly cancelLabel: string;
}

/** The body of views.open. `external_id` makes a second opening for the same click fail instead of stacking. */
export function reasonModal(modal: ReasonModal): { trigger_id: string; view: object } {
  const { approvalId, channel, messageTs, triggerId } = modal;
  const view = {
    type: "modal",
    callback_id: REASON_VIEW,
    external_id: `reason-${triggerId}`.slice(0, 255),
    private_metadata: JSON.stringify({ approvalId, channel, messageTs } satisfies ReasonContext),
    title: plain(modal.title),
    submit: plain(modal.submitLabel),
    close: plain(modal.cancelLabel),
    blocks: [
      {
        type: "input",
        block_id: REASON_BLOCK,
        label: { type: "plain_text", text: clip(modal.label, 150) },
        element: { type: "plain_text_input", action_id: REASON_INPUT, multiline: true, max_length: MAX_REASON },
      },
    ],
  };
  return { trigger_id: triggerId, view };
}

/** Opens the modal while the click's three seconds last: call it from the click's own handler, never later. */
export async function openReasonModal(modal: ReasonModal, call: SlackCall): Promise<void> {
  await slackApi(call).write("views.open", { ...reasonModal(modal) }, z.object({ view: z.object({ id: z.string() }) }));
}

/** The answer to a view_submission of which nothing came: the form becomes a page that says why. */
export const toldModal = (message: string): object => ({
  response_action: "update",
  view: {
    type: "modal",
    title: plain("Not rejected"),
    close: plain("Close"),
    blocks: [{ type: "section", text: { type: "plain_text", text: message, emoji: false } }],
  },
});

const plain = (text: string): object => ({ type: "plain_text", text: clip(text, MAX_TITLE) });
