import { accountNameKey } from "../contacts/identity.js";
import type { ImportedAccount } from "./accounts-api.js";

type Attributes = NonNullable<ImportedAccount["attributes"]>;

/** What lines say, by names as they are compared; of a name that stands there twice the last word counts. */
export interface ImportPlan {
  /** As they are written, by how they are compared. */
  readonly names: ReadonlyMap<string, string>;
  readonly described: ReadonlyMap<string, Attributes>;
  /** Below whom each stands; null: below none. */
  readonly placed: ReadonlyMap<string, string | null>;
}

export function planImport(lines: readonly ImportedAccount[]): ImportPlan {
  const names = new Map<string, string>();
  const described = new Map<string, Attributes>();
  const placed = new Map<string, string | null>();
  for (const { name, parent, attributes } of lines) {
    const own = keyOf(name);
    names.set(own, name);
    if (parent && !names.has(keyOf(parent))) names.set(keyOf(parent), parent);
    if (attributes) described.set(own, { ...described.get(own), ...attributes });
    if (parent !== undefined) placed.set(own, parent === null ? null : keyOf(parent));
  }
  return { names, described, placed };
}

const keyOf = (name: string): string => accountNameKey(name).value;
