import type { Catalogue } from "../catalogue.js";
import type { Language } from "../sentence.js";

interface Connection {
  readonly id: string;
  readonly connector: string;
  readonly name: string;
  /** Neither paused nor refused. */
  readonly works: boolean;
}

/** What a line is read and drawn with: its language, and what this workspace has. */
export interface House {
  readonly language: Language;
  readonly connections: readonly Connection[];
  readonly sources: readonly { readonly id: string; readonly name: string }[];
  readonly catalogue: Catalogue;
}

/** The first that works, else the first. */
export function usualConnection({ connections }: House, connector: string): string | null {
  const fitting = connections.filter((connection) => connection.connector === connector);
  return (fitting.find(({ works }) => works) ?? fitting[0])?.id ?? null;
}

/** The one connection of this product that is called so. */
export function connectionNamed({ connections }: House, connector: string, name: string): string | null {
  const called = connections.filter((one) => one.connector === connector && one.name === name);
  return called.length === 1 ? (called[0]?.id ?? null) : null;
}
