import type { Interaction } from "../../integrations/slack/interaction.js";
import { transact } from "../../workflows/ledger/transact.js";
import { meetPerson, personNames } from "../contacts/person-store.js";
import type { Db } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";
import type { ApprovalService, Decider, Verdict } from "./approval-service.js";

/** The connection whose signing secret (or socket) vouched for an interaction. */
export interface SlackOrigin {
  readonly connectionId: string;
  readonly workspaceId: string;
  /** As the connection's check found it; null where it never told. */
  readonly teamId: string | null;
}

export interface SlackInteractionDependencies {
  readonly db: Db;
  readonly vault: Vault;
  readonly approvals: ApprovalService;
  /** Opens the modal that asks why, within the click's three seconds. */
  readonly askReason: (
    origin: SlackOrigin,
    interaction: Extract<Interaction, { kind: "approvalClick" }>,
  ) => Promise<void>;
  /** Tells the person who clicked, and nobody else. */
  readonly tell: (origin: SlackOrigin, interaction: Interaction, text: string) => Promise<void>;
  readonly onProblem: (error: unknown) => void;
}

/** Carries out a verified interaction; it is stored when this resolves. Answers the body of the acknowledgement, if it has one. */
export function createSlackInteractions(dependencies: SlackInteractionDependencies) {
  const { db, vault, approvals, onProblem } = dependencies;

  async function deciderOf(origin: SlackOrigin, { userId, userName }: Interaction): Promise<Decider> {
    const seen = { ...origin, externalId: userId, name: userName };
    const person = await transact(db, (tx) => meetPerson(tx, vault, seen));
    return { kind: "person", id: person.id, name: userName, externalId: person.externalId, active: person.active };
  }

  return async function act(origin: SlackOrigin, interaction: Interaction): Promise<void> {
    if (origin.teamId !== null && interaction.teamId !== origin.teamId)
      return dependencies.tell(origin, interaction, "You do not belong to the Slack workspace that was asked.");
    if (interaction.kind === "approvalClick" && interaction.choice === "reject")
      return dependencies.askReason(origin, interaction);
    const verdict = await approvals.decide(origin.workspaceId, {
      approvalId: interaction.approvalId,
      choice: interaction.kind === "reasonSubmitted" ? "rejected" : "approved",
      by: await deciderOf(origin, interaction),
      reason: interaction.kind === "reasonSubmitted" && interaction.reason !== "" ? interaction.reason : null,
    });
    const text = await wordsFor(verdict);
    // After the decision is kept: being told is a courtesy that must not undo it.
    if (text) await dependencies.tell(origin, interaction, text).catch(onProblem);
  };

  async function wordsFor(verdict: Verdict): Promise<string | null> {
    if (verdict.kind === "decided") return null;
    if (verdict.kind === "refused") return refusals[verdict.why];
    const { state, decided_by: by, decided_by_kind: kind } = verdict.approval;
    const names = by && kind === "person" ? await personNames(db, vault, [by]) : new Map<string, string>();
    const who = (by && names.get(by)) ?? "someone";
    return state === "approved" || state === "rejected"
      ? `Too late: ${who} already ${state} this.`
      : `Too late: this was ${state}.`;
  }
}

const refusals = {
  unknown: "This request does not exist any more.",
  not_an_approver: "You are not among those who may decide this.",
  inactive: "Your account is not active any more, so you cannot decide this.",
} as const;
