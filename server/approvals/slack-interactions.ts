import type { ApprovalClick, Interaction } from "../../integrations/slack/interaction.js";
import { toldModal } from "../../integrations/slack/reason-modal.js";
import { transact } from "../../workflows/ledger/transact.js";
import { meetPerson, personNames, renamePerson } from "../contacts/person-store.js";
import type { Db, Reader } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";
import { findApproval } from "./approval-store.js";
import type { ApprovalService, Decider, Verdict } from "./approval-service.js";
import type { SlackPeople } from "./slack-people.js";

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
  readonly people: Pick<SlackPeople, "nameOf" | "learn">;
  /** Opens the modal that asks why, within the click's three seconds. */
  readonly askReason: (origin: SlackOrigin, interaction: ApprovalClick) => Promise<void>;
  /** Tells the person who clicked, and nobody else. */
  readonly tell: (origin: SlackOrigin, click: ApprovalClick, text: string) => Promise<void>;
  readonly onProblem: (error: unknown) => void;
}

/**
 * Several connections may share one Slack app, and so its secret, in several workspaces: the approval says whose it is, then the team.
 * An approval of none of them is left to the first, who knows no such approval.
 */
export function chooseOrigin<Origin extends SlackOrigin>(
  origins: readonly Origin[],
  { workspaceId, teamId }: { readonly workspaceId: string | undefined; readonly teamId: string },
): Origin | undefined {
  const own = origins.filter((origin) => origin.workspaceId === workspaceId);
  const near = own.length > 0 ? own : origins;
  return near.find((origin) => origin.teamId === teamId) ?? near[0];
}

export const originFinder =
  (reader: Reader) =>
  async <Origin extends SlackOrigin>(
    origins: readonly Origin[],
    { approvalId, teamId }: Interaction,
  ): Promise<Origin | undefined> => {
    if (origins.length < 2) return origins[0];
    const approval = await findApproval(reader, approvalId);
    return chooseOrigin(origins, { workspaceId: approval?.workspace_id, teamId });
  };

/** Carries out a verified interaction; it is stored when this resolves. Answers the body of the acknowledgement, if it has one. */
export type Act = (origin: SlackOrigin, interaction: Interaction) => Promise<object | undefined>;

export function createSlackInteractions(dependencies: SlackInteractionDependencies): Act {
  const { db, vault, approvals, people, onProblem } = dependencies;

  /** By the name that the product knows, else by the one in their profile; a handle only where neither is known in time. */
  async function deciderOf(origin: SlackOrigin, { userId, userName }: Interaction): Promise<Decider> {
    const profileName = people.nameOf(origin, userId);
    return transact(db, async (tx) => {
      const person = await meetPerson(tx, vault, { ...origin, externalId: userId, name: profileName ?? userName });
      if (profileName !== null) await renamePerson(tx, vault, person.id, profileName);
      const name = (await personNames(tx, vault, [person.id])).get(person.id) ?? profileName ?? userName;
      return { kind: "person", id: person.id, name, externalId: person.externalId, active: person.active };
    });
  }

  return async function act(origin: SlackOrigin, interaction: Interaction): Promise<object | undefined> {
    const words = await outcomeOf(origin, interaction);
    // Beside the answer, not before it.
    if (people.nameOf(origin, interaction.userId) === null) void people.learn(origin, interaction).catch(onProblem);
    if (words === null) return undefined;
    // Where a form was sent its own window says it; there is no message to answer below.
    if (interaction.kind === "reasonSubmitted") return toldModal(words);
    // After the decision is kept: being told is a courtesy that must not undo it.
    await dependencies.tell(origin, interaction, words).catch(onProblem);
    return undefined;
  };

  /** Carries it out; answers what the person must be told, or null where they see what they wanted. */
  async function outcomeOf(origin: SlackOrigin, interaction: Interaction): Promise<string | null> {
    if (origin.teamId !== null && interaction.teamId !== origin.teamId)
      return "You do not belong to the Slack workspace that was asked.";
    const asked = { approvalId: interaction.approvalId, by: await deciderOf(origin, interaction) };
    if (interaction.kind === "approvalClick" && interaction.choice === "reject") {
      const standing = await approvals.standing(origin.workspaceId, asked);
      if (standing) return wordsFor(standing);
      await dependencies.askReason(origin, interaction);
      return null;
    }
    const isRejection = interaction.kind === "reasonSubmitted";
    const verdict = await approvals.decide(origin.workspaceId, {
      ...asked,
      choice: isRejection ? "rejected" : "approved",
      reason: isRejection && interaction.reason !== "" ? interaction.reason : null,
    });
    return verdict.kind === "decided" ? null : wordsFor(verdict);
  }

  async function wordsFor(verdict: Exclude<Verdict, { kind: "decided" }>): Promise<string> {
    if (verdict.kind === "refused") return refusals[verdict.why];
    const { state, decided_by: by, decided_by_kind: kind } = verdict.approval;
    const names = by && kind === "person" ? await personNames(db, vault, [by]) : new Map<string, string>();
    const who = (by && names.get(by)) ?? "someone";
    if (state === "approved" || state === "rejected") return `Too late: ${who} already ${state} this.`;
    // Its time is up although its run has not looked yet.
    return `Too late: this ${state === "withdrawn" ? "was withdrawn" : "has expired"}.`;
  }
}

const refusals = {
  unknown: "This request does not exist any more.",
  not_an_approver: "You are not among those who may decide this.",
  inactive: "Your account is not active any more, so you cannot decide this.",
} as const;
