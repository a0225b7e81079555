import { runStateSchema } from "../../../server/runs/run-filter-api.js";
import type { RunAddress } from "../run-address.js";

/** What a list of runs can be narrowed by, in the order in which it is said. */
export const partKinds = ["state", "flow", "source", "person", "error", "began", "search"] as const;
export type PartKind = (typeof partKinds)[number];

/** What of the address each part takes up. */
const fields: Readonly<Record<PartKind, readonly (keyof RunAddress)[]>> = {
  state: ["state"],
  flow: ["flowId"],
  source: ["sourceId"],
  person: ["contactId"],
  error: ["errorClass"],
  began: ["days", "from", "to"],
  search: ["search"],
};

/** The parts that an address has. */
export const partsOf = (address: RunAddress): readonly PartKind[] =>
  partKinds.filter((kind) => fields[kind].some((field) => address[field] !== undefined));

export const isFiltered = (address: RunAddress): boolean => partsOf(address).length > 0;

/** The same list, narrowed by this part in another way, or not at all. */
export const withPart = (address: RunAddress, kind: PartKind, part: Partial<RunAddress> = {}): RunAddress =>
  bare({ ...address, ...Object.fromEntries(fields[kind].map((field) => [field, undefined])), ...part });

/** Without what is undefined: two addresses that ask for the same are equal. */
export const bare = (address: RunAddress): RunAddress =>
  Object.fromEntries(Object.entries(address).filter(([, value]) => value !== undefined));

export const isSame = (one: RunAddress, other: RunAddress): boolean =>
  JSON.stringify(Object.entries(bare(one)).toSorted()) === JSON.stringify(Object.entries(bare(other)).toSorted());

type State = (typeof runStateSchema.options)[number];

/** In the order of the states, however the address has them. */
export const statesOf = ({ state = "" }: RunAddress): readonly State[] =>
  runStateSchema.options.filter((one) => state.split(",").includes(one));

export const ofStates = (states: readonly string[]): Partial<RunAddress> => ({
  state: states.length === 0 ? undefined : states.join(","),
});
