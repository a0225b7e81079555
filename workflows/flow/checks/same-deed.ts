import { isSameJson } from "../canonical-json.js";
import type { NodeOf, PublishedFlow } from "../schema.js";

type Deed = NodeOf<"action">["config"];

/** Where an action puts what it makes; one that has none of these puts it in the system as a whole. */
const PLACES = ["channel", "project"] as const;

const deedsOf = ({ nodes }: PublishedFlow): readonly Deed[] =>
  nodes.flatMap((node) => (node.type === "action" ? [node.config] : []));

const placesOf = ({ input }: Deed) => PLACES.map((place) => input[place] ?? null);

const isSame = (one: Deed, other: Deed): boolean =>
  one.action === other.action && one.connectionId === other.connectionId && isSameJson(placesOf(one), placesOf(other));

/** Whether both do the same kind of thing through the same connection, in the same channel or project where there are such. */
export const doTheSame = (one: PublishedFlow, other: PublishedFlow): boolean =>
  deedsOf(one).some((deed) => deedsOf(other).some((theirs) => isSame(deed, theirs)));
