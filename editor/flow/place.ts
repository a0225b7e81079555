import { COLUMN, NODE_WIDTH } from "../../workflows/flow/drawing/columns.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { isUsed, leadsTo, type Point } from "./edit.js";
import { FAILURE, outputsOf } from "./outputs.js";

/** Of a card that is not measured yet. */
export const USUAL_HEIGHT = 84;
const HALF_A_CARD = { x: NODE_WIDTH / 2, y: 40 };
const ROW = 128;
const NEAR = { x: 200, y: 96 };

/** Where a card stands whose middle is here. */
export const cardAround = ({ x, y }: Point): Point => ({ x: x - HALF_A_CARD.x, y: y - HALF_A_CARD.y });

const isFree = (flow: FlowDraft, at: Point) =>
  flow.nodes.every(({ position }) => Math.abs(position.x - at.x) > NEAR.x || Math.abs(position.y - at.y) > NEAR.y);

/** The wanted place, or the next free one below it. */
export function freeSpot(flow: FlowDraft, wanted: Point): Point {
  let at = wanted;
  while (!isFree(flow, at)) at = { x: at.x, y: at.y + ROW };
  return at;
}

export interface Continuation {
  readonly position: Point;
  readonly from: string;
  readonly output: string;
}

/** Where a node goes that is to follow this one: its first output without an edge, else its first; null where nothing can follow. */
export function after(flow: FlowDraft, id: string): Continuation | null {
  const node = flow.nodes.find((candidate) => candidate.id === id);
  if (!node) return null;
  const outputs = outputsOf(node).filter((name) => name !== FAILURE);
  const output = outputs.find((name) => !isUsed(flow, id, name)) ?? outputs[0];
  if (output === undefined) return null;
  return { position: freeSpot(flow, placeBehind(flow, id)), from: id, output };
}

/** The next column, at the height of the step. */
export function placeBehind(flow: FlowDraft, id: string): Point {
  const { x, y } = flow.nodes.find((node) => node.id === id)?.position ?? { x: 0, y: 0 };
  return { x: x + COLUMN, y };
}

/** The node that everything drawn so far ends at, when there is just one: the natural place to go on. */
export function openEnd(flow: FlowDraft): string | null {
  const ends = flow.nodes.filter(
    (node) => outputsOf(node).length > 0 && !flow.edges.some(({ from }) => from === node.id),
  );
  const [only, ...others] = ends;
  if (only && others.length === 0) return only.id;
  const reached = ends.filter(({ id }) =>
    flow.nodes.some((node) => node.type === "trigger" && leadsTo(flow, node.id, id)),
  );
  return reached.length === 1 ? (reached[0]?.id ?? null) : null;
}
