import type { Catalogue } from "../catalogue.js";
import type { NodeWorld } from "../node-type.js";
import { nodes } from "../nodes/index.js";
import type { DraftNode } from "../schema.js";
import { compileTemplate, fieldsOf } from "../template.js";
import { isExample } from "../try/is-example.js";
import type { Pins } from "../try/pin.js";
import { wording } from "../wording.js";
import { problemOf } from "./problem-of.js";
import type { PreviewText } from "./told.js";

/** Longer than that, the beginning says what there is to see. */
const MOST = 2000;

interface Place {
  /** Of the node, as far as it can be read. */
  readonly config: unknown;
  readonly world: NodeWorld;
  readonly pins: Pins;
}

/** What each text of the step becomes; one without fields says so itself, and one that is not written to its end has its problem already. */
export function textsOf(node: DraftNode, { config, world, pins }: Place): Record<string, PreviewText> {
  const uses = nodes[node.type].templates?.(config, world.catalogue) ?? [];
  const shown = uses.filter(({ template }) => /\{[{%]/.test(template) && compileTemplate(template).ok);
  return Object.fromEntries(
    shown.map(({ field, template }) => [field, textOf(node, { field, template, world, pins })]),
  );
}

interface Shown {
  readonly field: string;
  readonly template: string;
  readonly world: NodeWorld;
  readonly pins: Pins;
}

function textOf(node: DraftNode, { field, template, world, pins }: Shown): PreviewText {
  const { render, renderMasked } = wording({ showsPersonalData: node.config["showsPersonalData"] === true }, world);
  const word = isMasked(node, field, world.catalogue) ? renderMasked : render;
  try {
    const text = word(template, field);
    const cut = text.length > MOST ? `${text.slice(0, MOST)}…` : text;
    return { text: cut, isExample: readsExample(template, pins), problem: null };
  } catch (error) {
    return { text: "", isExample: false, problem: problemOf(error) };
  }
}

/** Read by colleagues: as the step itself would word it. */
function isMasked({ type, config }: DraftNode, field: string, { action }: Catalogue): boolean {
  if (type !== "action") return type === "approval";
  const masks = action(String(config["action"]))?.masks ?? [];
  const [, name = ""] = field.split(/[.[]/);
  return masks.includes(name);
}

const readsExample = (template: string, pins: Pins): boolean =>
  fieldsOf(template).some((path) => isExample(path, pins));
