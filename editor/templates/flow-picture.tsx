import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { LookingCanvas } from "../canvas/looking-canvas.js";
import { toCanvasEdges, toCanvasNodes } from "../canvas/projection.js";
import { useDescribe } from "../flow/describe.js";

const FITTED = { maxZoom: 1, padding: 0.06 };
const plain = { problems: {}, unfinished: new Set<string>(), steps: {} };

/** A flow to look at on a page that scrolls; nothing is chosen. The list of its steps says the same in words. */
export function FlowPicture({ flow }: { readonly flow: FlowDraft }) {
  const { t } = useTranslation();
  const describe = useDescribe();
  const nodes = useMemo(() => toCanvasNodes(flow, { describe, ...plain }), [flow, describe]);
  const edges = useMemo(() => toCanvasEdges(flow, {}, null), [flow]);
  return (
    <section className="lw-canvas lw-run-canvas" aria-label={t("templates.picture")}>
      <LookingCanvas
        {...{ nodes, edges }}
        nodesFocusable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        minZoom={0.15}
        fitViewOptions={FITTED}
      />
    </section>
  );
}
