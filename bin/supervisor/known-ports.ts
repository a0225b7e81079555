import { isRecord, readJson, writeAtomically } from "./files.js";
import { freePort } from "./ports.js";

const NAMES = ["postgres", "temporal", "temporalUi"] as const;

/** The ports of our own servers, kept between starts so that bookmarks and open sessions survive one. */
export type KnownPorts = Record<(typeof NAMES)[number], number>;

export function readKnownPorts(file: string): Partial<KnownPorts> {
  const value = readJson(file);
  if (!isRecord(value)) return {};
  return Object.fromEntries(NAMES.flatMap((name) => (typeof value[name] === "number" ? [[name, value[name]]] : [])));
}

/** Keeps remembered ports, replacing those that somebody else took meanwhile; `ownInUse` are taken by ourselves. */
export async function choosePorts(file: string, ownInUse: Partial<KnownPorts> = {}): Promise<KnownPorts> {
  const known = { ...readKnownPorts(file), ...ownInUse };
  const ports = { postgres: 0, temporal: 0, temporalUi: 0 };
  for (const name of NAMES) ports[name] = ownInUse[name] ?? (await freePort(known[name]));
  writeAtomically(file, `${JSON.stringify(ports)}\n`);
  return ports;
}
