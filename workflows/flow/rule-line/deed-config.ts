import { nodes } from "../nodes/index.js";
import { deeds, question, type Deed } from "./words/deeds.js";
import { usualConnection, type House } from "./house.js";
import type { AskStep, DeedStep } from "./tree.js";

type Config = Readonly<Record<string, unknown>>;

/** The connection that a deed takes unless the line names another; null where it needs none or there is none. */
export function usualFor({ action }: Deed, house: House): string | null {
  const spec = house.catalogue.action(action);
  return spec?.needsConnection === true ? usualConnection(house, spec.connector) : null;
}

const filled = (field: string | undefined, value: string | null): Config =>
  field === undefined || value === null ? {} : { [field]: value };

/** What the form of an action holds that a line draws. */
export function deedConfig({ deed: name, text, place, via }: DeedStep, house: House): Config {
  const deed = deeds[name];
  if (!deed) throw new Error(`There is no deed “${name}”.`);
  return {
    ...structuredClone({ ...nodes.action.defaults }),
    action: deed.action,
    connectionId: via ?? usualFor(deed, house),
    input: {
      ...structuredClone(deed.input[house.language]),
      ...filled(deed.place, place),
      ...filled(deed.text, text),
    },
  };
}

/** What the form of a question holds that a line draws; an approval without a connection has the empty text. */
export function askConfig({ text, place, via, expiresAfter }: AskStep, house: House): Config {
  return {
    ...structuredClone({ ...nodes.approval.defaults }),
    ...question[house.language],
    connectionId: via ?? usualConnection(house, "slack") ?? "",
    ...filled("title", text),
    ...filled("channel", place),
    ...(expiresAfter && { expiresAfter }),
  };
}
