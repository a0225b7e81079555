import type { RunDetail } from "../../server/runs/run-api.js";
import type { Sent } from "../flow/describe.js";
import { asText } from "../ui/read.js";

type RunNode = RunDetail["nodes"][number];
type Values = Readonly<Record<string, unknown>>;

const pick = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));

/** Which parts of a config went out, and by which write. An approval's card asks; what is written on it later is no question. */
const readers: Readonly<Partial<Record<RunNode["type"], (request: Values) => Sent>>> = {
  action: (request) => ({ input: request }),
  approval: (request) => pick(request, ["title", "text"]),
};

/** What a step sent, in place of the templates that it was made from; null where it sent nothing yet, or the reader may not see it. */
export function sentConfig({ effects }: Pick<RunDetail, "effects">, { id, type, config }: RunNode): Sent | null {
  const read = readers[type];
  if (!read) return null;
  const own = effects.filter(
    ({ nodeId, action, slot }) =>
      nodeId === id && (type === "approval" ? slot === "card" : action === asText(config["action"])),
  );
  const latest = own.toSorted((a, b) => a.iteration - b.iteration).at(-1);
  return latest?.request ? read(latest.request) : null;
}
