import { isSameJson } from "../canonical-json.js";
import { nodes } from "../nodes/index.js";
import type { DraftNode } from "../schema.js";
import { askConfig, deedConfig, usualFor } from "./deed-config.js";
import { connectionNamed, usualConnection, type House } from "./house.js";
import { namesStep } from "./names-step.js";
import { NotSayable } from "./reasons.js";
import type { AskStep, DeedStep } from "./tree.js";
import { deeds, question, type Deed } from "./words/deeds.js";

const asText = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** The words with the least to add that draw just this action. */
export function readAction(node: DraftNode, house: House): DeedStep {
  const config = nodes.action.config.safeParse(node.config);
  if (!config.success) throw new NotSayable("unfinished", node.id);
  const { action, connectionId, input } = config.data;
  checkTexts(input, node);
  const told = Object.entries(deeds)
    .filter(([, deed]) => deed.action === action && house.catalogue.action(action) !== undefined)
    .map(([name, deed]) => candidate(name, { deed, input, connectionId, title: node.title }, house));
  const drawn = told.filter((step) => isSameJson(deedConfig(step, house), node.config));
  const [best] = drawn.toSorted((a, b) => effort(a, house) - effort(b, house));
  if (!best) throw new NotSayable("settings", node.id);
  checkConnection({ via: best.via, connector: house.catalogue.action(action)?.connector ?? "", node }, house);
  return best;
}

interface Read {
  readonly deed: Deed;
  readonly input: Readonly<Record<string, unknown>>;
  readonly connectionId: string | null;
  readonly title: string;
}

/** The deed with what differs from what it says by itself, as far as a line can say that. */
function candidate(name: string, { deed, input, connectionId, title }: Read, house: House): DeedStep {
  const usual = deed.input[house.language];
  const differing = (field: string | undefined) =>
    field === undefined || input[field] === usual[field] ? null : asText(input[field]);
  const via = connectionId === usualFor(deed, house) ? null : connectionId;
  return { kind: "deed", deed: name, title, text: differing(deed.text), place: differing(deed.place) || null, via };
}

/** A deed whose own text is replaced is hardly that deed any more. */
function effort({ deed, text, place }: DeedStep, { language }: House): number {
  const own = deeds[deed];
  const replaces = own?.text !== undefined && own.text in own.input[language];
  return (text === null ? 0 : replaces ? 3 : 1) + (place === null ? 0 : 1);
}

export function readApproval(node: DraftNode, house: House): AskStep {
  const config = nodes.approval.config.safeParse(node.config);
  if (!config.success) throw new NotSayable("unfinished", node.id);
  const { connectionId, channel, title, expiresAfter } = config.data;
  checkTexts({ title, text: config.data.text }, node);
  const usual = question[house.language];
  const via = connectionId === usualConnection(house, "slack") ? null : connectionId;
  const step: AskStep = {
    kind: "ask",
    title: node.title,
    text: title === usual.title ? null : title,
    place: channel === usual.channel ? null : channel,
    via,
    expiresAfter: isSameJson(expiresAfter, nodes.approval.defaults["expiresAfter"]) ? null : expiresAfter,
  };
  if (!isSameJson(askConfig(step, house), node.config)) throw new NotSayable("settings", node.id);
  checkConnection({ via, connector: "slack", node }, house);
  return step;
}

function checkTexts(input: Readonly<Record<string, unknown>>, { id }: DraftNode): void {
  if (namesStep(JSON.stringify(input))) throw new NotSayable("names_a_step", id);
}

interface Via {
  readonly via: string | null;
  readonly connector: string;
  readonly node: DraftNode;
}

function checkConnection({ via, connector, node }: Via, house: House): void {
  const name = house.connections.find(({ id }) => id === via)?.name;
  const isSayable = via === null || (name !== undefined && connectionNamed(house, connector, name) === via);
  if (!isSayable) throw new NotSayable("connection", node.id);
}
