import type { NodePositionChange } from "@xyflow/react";
import { NODE_WIDTH } from "../../workflows/flow/drawing/columns.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { groupsOf } from "../flow/groups.js";
import { USUAL_HEIGHT } from "../flow/place.js";
import { sortIds } from "./canvas-ids.js";
import { movedMembers, placeOf } from "./frames.js";
import type { BenchNode, Box } from "./frames.js";
import type { Change, SeenById } from "./seen.js";

/** Where a node stands and how large it is, as far as that is known. */
export function boxOf({ id, position, measured }: BenchNode, seen: SeenById): Box {
  const { width = NODE_WIDTH, height = USUAL_HEIGHT } = seen[id]?.measured ?? measured ?? {};
  return { ...position, width, height };
}

/** A group that is moved moves its steps instead: frames and folded cards stand where their steps do. */
export function groupMoves(changes: readonly Change[], draft: FlowDraft, nodes: readonly BenchNode[]): Change[] {
  return changes.flatMap((change): Change[] => {
    if (change.type !== "position" || sortIds([change.id]).groups.length === 0) return [change];
    return memberMoves(change, draft, nodes);
  });
}

function memberMoves(change: NodePositionChange, draft: FlowDraft, nodes: readonly BenchNode[]): Change[] {
  const [groupId] = sortIds([change.id]).groups;
  const group = groupsOf(draft).find(({ id }) => id === groupId);
  if (!group || !change.position) return [];
  const positions = new Map(draft.nodes.map(({ id, position }) => [id, position]));
  // Only its corner matters, so the sizes of its steps do not.
  const from = placeOf(group, (id) => {
    const at = positions.get(id);
    return at && { ...at, width: 0, height: 0 };
  });
  if (!from) return [];
  const places = movedMembers(group, { from, to: change.position }, (id) => positions.get(id));
  const members = places.map(([id, position]): Change => ({ ...change, id, position }));
  const isFolded = nodes.some(({ id, type }) => id === change.id && type === "folded");
  return isFolded ? [...members, change] : members;
}
