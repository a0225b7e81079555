import type { DraftNode } from "../../workflows/flow/schema.js";
import { pickedName, type Labels } from "../ui/picked-names.js";
import { asRecord, asText } from "../ui/read.js";
import type { ActionView } from "./catalogue.js";

type Config = DraftNode["config"];
/** Fields that a picker fills, and which. */
type Pickers = Readonly<Record<string, string>>;

interface Known {
  readonly actions: readonly Pick<ActionView, "ref" | "inputSchema">[];
  readonly picked: Labels;
}

/** A step as it is told: what was chosen by its id is called as its picker calls it. */
export function withPickedNames(node: DraftNode, { actions, picked }: Known): DraftNode {
  const { type, config } = node;
  const connectionId = asText(config["connectionId"]);
  const named = (values: Config, pickers: Pickers): Config => ({
    ...values,
    ...Object.fromEntries(
      Object.entries(pickers)
        .filter(([name]) => typeof values[name] === "string")
        .map(([name, picker]) => [name, pickedName(picked, { connectionId, picker }, asText(values[name]))]),
    ),
  });
  if (type === "approval") return { ...node, config: named(config, { channel: "channels" }) };
  const action = type === "action" ? actions.find(({ ref }) => ref === config["action"]) : undefined;
  return action ? { ...node, config: { ...config, input: named(asRecord(config["input"]), pickersOf(action)) } } : node;
}

const pickersOf = ({ inputSchema }: Pick<ActionView, "inputSchema">): Pickers =>
  Object.fromEntries(
    Object.entries(asRecord(inputSchema["properties"])).flatMap(([name, property]) => {
      const picker = asText(asRecord(property)["options"]);
      return picker === "" ? [] : [[name, picker]];
    }),
  );
