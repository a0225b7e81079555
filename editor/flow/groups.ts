import type { Group } from "../../workflows/flow/notes.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";

/** Edits of groups: frames around steps that can be folded into one card. */

const none: readonly Group[] = [];
export const groupsOf = ({ groups }: Pick<FlowDraft, "groups">): readonly Group[] => groups ?? none;

/** The document with these groups; without any it has no such part, as if there never had been one. */
export function withGroups({ groups: _, ...flow }: FlowDraft, groups: readonly Group[]): FlowDraft {
  return groups.length === 0 ? flow : { ...flow, groups: [...groups] };
}

/** Groups lose the steps that are not there, and go with their last one. */
export function withoutStrangers(flow: FlowDraft): FlowDraft {
  if (!flow.groups) return flow;
  const there = new Set(flow.nodes.map(({ id }) => id));
  if (flow.groups.every(({ nodeIds }) => nodeIds.length > 0 && nodeIds.every((id) => there.has(id)))) return flow;
  const left = flow.groups.map((group) => ({ ...group, nodeIds: group.nodeIds.filter((id) => there.has(id)) }));
  return withGroups(
    flow,
    left.filter(({ nodeIds }) => nodeIds.length > 0),
  );
}

function freshGroupId(flow: FlowDraft): string {
  const taken = new Set(groupsOf(flow).map(({ id }) => id));
  let number = 1;
  while (taken.has(`group${String(number)}`)) number += 1;
  return `group${String(number)}`;
}

/** Puts these steps into a group of their own; whichever group one of them stood in, it stands in the new one. */
export function groupNodes(flow: FlowDraft, ids: readonly string[], title: string): FlowDraft {
  const chosen = new Set(ids);
  const nodeIds = flow.nodes.map(({ id }) => id).filter((id) => chosen.has(id));
  if (nodeIds.length === 0) return flow;
  const others = groupsOf(flow)
    .map((group) => ({ ...group, nodeIds: group.nodeIds.filter((id) => !chosen.has(id)) }))
    .filter((group) => group.nodeIds.length > 0);
  return withGroups(flow, [...others, { id: freshGroupId(flow), title, nodeIds, collapsed: false }]);
}

export const changeGroup = (flow: FlowDraft, id: string, change: Partial<Omit<Group, "id">>): FlowDraft =>
  withGroups(
    flow,
    groupsOf(flow).map((group) => (group.id === id ? { ...group, ...change } : group)),
  );

/** The frame goes, its steps stay. */
export const dissolveGroup = (flow: FlowDraft, id: string): FlowDraft =>
  withGroups(
    flow,
    groupsOf(flow).filter((group) => group.id !== id),
  );
