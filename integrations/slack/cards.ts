import { bold, clip, escapeMrkdwn, link, localTime, quote } from "./mrkdwn.js";

export const APPROVE = "approval.approve";
export const REJECT = "approval.reject";

/** Block Kit reference: a section's text, and a button's label. */
const MAX_SECTION = 3_000;
const MAX_LABEL = 75;
const MAX_TITLE = 200;
const MAX_REASON = 1_000;

export interface ApprovalCard {
  readonly approvalId: string;
  readonly title: string;
  readonly text: string;
  readonly approveLabel: string;
  readonly rejectLabel: string;
  readonly runUrl?: string | undefined;
}

export interface Decision {
  readonly title: string;
  readonly text: string;
  readonly decision: "approved" | "rejected" | "expired" | "withdrawn";
  readonly decidedBy: string | null;
  /** ISO 8601. */
  readonly decidedAt: string;
  readonly reason: string | null;
}

export function approvalBlocks(card: ApprovalCard): object[] {
  const hint = "Waiting for a decision";
  return [
    body(card),
    context(card.runUrl ? `${hint} · ${link(card.runUrl, "Open the run")}` : hint),
    {
      type: "actions",
      block_id: "approval",
      elements: [
        button(APPROVE, { label: card.approveLabel, style: "primary", value: card.approvalId }),
        button(REJECT, { label: card.rejectLabel, style: "danger", value: card.approvalId }),
      ],
    },
  ];
}

/** The same card without its buttons. */
export const decisionBlocks = (decision: Decision): object[] => [body(decision), ...verdict(decision).map(context)];

/** For notifications and screen readers. */
export const cardText = ({ title }: { title: string }): string => escapeMrkdwn(clip(title, MAX_TITLE));
export const decisionText = (decision: Decision): string => `${cardText(decision)}: ${headline(decision)}`;

const HEADLINES: Readonly<Record<Decision["decision"], string>> = {
  approved: ":white_check_mark: Approved",
  rejected: ":x: Rejected",
  expired: ":hourglass: Expired",
  withdrawn: ":leftwards_arrow_with_hook: Withdrawn",
};

function headline({ decision, decidedBy }: Decision): string {
  return decidedBy ? `${HEADLINES[decision]} by ${escapeMrkdwn(clip(decidedBy, MAX_TITLE))}` : HEADLINES[decision];
}

function verdict(decision: Decision): string[] {
  const line = `${headline(decision)} · ${localTime(decision.decidedAt)}`;
  return decision.reason?.trim() ? [line, quote(clip(decision.reason.trim(), MAX_REASON))] : [line];
}

function body({ title, text }: { title: string; text: string }): object {
  const heading = bold(clip(title, MAX_TITLE));
  const rest = text.trim() ? `\n${escapeMrkdwn(clip(text.trim(), MAX_SECTION - heading.length - 1))}` : "";
  return { type: "section", text: mrkdwn(heading + rest) };
}

const context = (text: string): object => ({ type: "context", elements: [mrkdwn(text)] });

/** `verbatim`: Slack shall not look for channel names and mentions in plain words. */
const mrkdwn = (text: string): object => ({ type: "mrkdwn", text, verbatim: true });

const button = (
  actionId: string,
  { label, style, value }: { label: string; style: string; value: string },
): object => ({
  type: "button",
  action_id: actionId,
  text: { type: "plain_text", text: clip(label, MAX_LABEL), emoji: false },
  style,
  value,
});
