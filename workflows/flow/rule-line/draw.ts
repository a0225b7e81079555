import { verbOfAction } from "../action-name.js";
import { newNode } from "../draft.js";
import { SCHEMA_VERSION, type DraftNode, type Edge, type FlowDraft, type NodeType } from "../schema.js";
import { askConfig, deedConfig } from "./deed-config.js";
import type { House } from "./house.js";
import { placesOf } from "./places.js";
import type { ChoiceStep, Line, Sequence, Step } from "./tree.js";
import { deeds } from "./words/deeds.js";

/** A way out that what follows is connected to. */
interface End {
  readonly from: string;
  readonly output: string;
}

/** The flow that a line says, with ids and places of its own. */
export function drawLine({ head, steps }: Line, house: House): FlowDraft {
  const drawing = new Drawing(house);
  const { metrics, sources, when, on } = head;
  const config = { metrics: [...metrics], sources: [...sources], when, on };
  drawing.sequence(steps, [drawing.add("trigger", { stem: "feedback", title: "", config }, [])]);
  const { nodes, edges } = drawing;
  const places = placesOf(nodes, edges);
  return {
    schemaVersion: SCHEMA_VERSION,
    retiredIds: [],
    nodes: nodes.map((node) => ({ ...node, position: places[node.id] ?? node.position })),
    edges,
  };
}

interface Drawn {
  readonly stem: string;
  readonly title: string;
  readonly config: Readonly<Record<string, unknown>>;
}

class Drawing {
  readonly nodes: DraftNode[] = [];
  readonly edges: Edge[] = [];
  private readonly house: House;
  private readonly counts = new Map<string, number>();

  constructor(house: House) {
    this.house = house;
  }

  /** Adds a node behind these ends; what follows goes by its first way out. */
  add(type: NodeType, { stem, title, config }: Drawn, ends: readonly End[], output = "next"): End {
    const id = this.freshId(stem);
    const node = newNode(type, { id, title, x: 0, y: 0 });
    this.nodes.push({ ...node, config: { ...node.config, ...config } });
    for (const end of ends) this.edges.push({ ...end, to: id });
    return { from: id, output };
  }

  sequence(steps: Sequence, ends: readonly End[]): readonly End[] {
    return steps.reduce((open, step) => this.step(step, open), ends);
  }

  private freshId(stem: string): string {
    const count = (this.counts.get(stem) ?? 0) + 1;
    this.counts.set(stem, count);
    return stem === "feedback" ? stem : `${stem}${String(count)}`;
  }

  private step(step: Step, ends: readonly End[]): readonly End[] {
    switch (step.kind) {
      case "parallel":
        return step.ways.flatMap((way) => this.sequence(way, ends));
      case "choice":
        return this.choice(step, ends);
      case "wait":
        return [
          this.add(
            "wait",
            { stem: "wait", title: "", config: { mode: "duration", duration: { ...step.duration } } },
            ends,
          ),
        ];
      case "ask":
        return [
          this.add(
            "approval",
            { stem: "approval", title: step.title, config: askConfig(step, this.house) },
            ends,
            "approved",
          ),
        ];
      case "deed": {
        const stem = verbOfAction(deeds[step.deed]?.action ?? "");
        return [this.add("action", { stem, title: step.title, config: deedConfig(step, this.house) }, ends)];
      }
      default:
        this.add(
          step.kind,
          { stem: step.kind, title: "", config: step.outcome === null ? {} : { outcome: step.outcome } },
          ends,
        );
        return [];
    }
  }

  private choice({ when, yes, no }: ChoiceStep, ends: readonly End[]): readonly End[] {
    const { from } = this.add(
      "condition",
      { stem: "condition", title: "", config: { when: structuredClone(when) } },
      ends,
    );
    return [...this.sequence(yes, [{ from, output: "yes" }]), ...this.sequence(no, [{ from, output: "no" }])];
  }
}
