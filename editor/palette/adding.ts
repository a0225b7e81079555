import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { COLUMN } from "../../workflows/flow/drawing/columns.js";
import { queries } from "../api/queries.js";
import { useMiddle } from "../canvas/use-middle.js";
import { addNode, connectNodes, insertOnEdge } from "../flow/edit.js";
import type { NewNode, Point } from "../flow/edit.js";
import { isWithinLimits } from "../flow/limits.js";
import { after, cardAround, freeSpot, openEnd } from "../flow/place.js";
import { onlySelected } from "../flow/store.js";
import { useFlowStore } from "../flow/store-context.js";
import type { Edge, FlowDraft } from "../../workflows/flow/schema.js";
import type { PaletteItem } from "./items.js";

/** A new step takes the only connection there is for it; with several, its author chooses. */
function useNewNode() {
  const connections = useQuery(queries.connections()).data?.items ?? [];
  return ({ type, config, connector, stem }: PaletteItem, position: Point): NewNode => {
    const [only, ...others] = connections.filter((connection) => connection.connector === connector);
    const connected = only && others.length === 0 ? { ...config, connectionId: only.id } : config;
    return { type, stem, position, title: "", config: connected };
  };
}

/** Shows the flow with its new step selected, or says that no more fit. */
function useGrow() {
  const { t } = useTranslation();
  const store = useFlowStore();
  return (grown: FlowDraft, id: string) => {
    if (isWithinLimits(grown)) store.getState().edit(() => grown, { select: [id] });
    else notifications.show({ message: t("drawing.full"), color: "petrol" });
  };
}

/** The ways in which a palette item becomes a node: where it was dropped, after a step, on an edge, or in the middle. */
export function useAdding() {
  const store = useFlowStore();
  const newNode = useNewNode();
  const grow = useGrow();
  const middle = useMiddle();

  const addAt = (item: PaletteItem, position: Point) => {
    const added = addNode(store.getState().draft, newNode(item, position));
    grow(added.flow, added.id);
  };
  const addFrom = (
    item: PaletteItem,
    { from, output, position }: { from: string; output: string; position: Point },
  ) => {
    const { draft } = store.getState();
    const added = addNode(draft, newNode(item, freeSpot(draft, position)));
    grow(connectNodes(added.flow, { from, output, to: added.id }), added.id);
  };
  const insert = (item: PaletteItem, edge: Edge, at?: Point) => {
    const { draft } = store.getState();
    const to = draft.nodes.find(({ id }) => id === edge.to);
    const from = draft.nodes.find(({ id }) => id === edge.from);
    if (!to || !from) return;
    const position = { x: Math.max(from.position.x + COLUMN, to.position.x - COLUMN), y: to.position.y };
    const added = insertOnEdge(draft, edge, newNode(item, at ?? freeSpot(draft, position)));
    grow(added.flow, added.id);
  };
  /** By click or Enter: after the selected step, else after the one open end, else in the middle of what is seen. */
  const add = (item: PaletteItem) => {
    const { draft, selected } = store.getState();
    const last = onlySelected({ selected }) ?? openEnd(draft);
    const place = item.type === "trigger" || last === null ? null : after(draft, last);
    if (place) {
      addFrom(item, place);
      return;
    }
    addAt(item, freeSpot(draft, cardAround(middle())));
  };
  return { add, addAt, addFrom, insert };
}
