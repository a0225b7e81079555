import { z } from "zod";
import type { ConfigProblem, Output } from "../node-type.js";

const namedSchema = z.array(z.object({ output: z.string(), title: z.string() }));

/** The outputs that the author named, also of a draft whose other fields cannot be read yet. */
export function namedOutputs(config: unknown, key: string): Output[] {
  const read = z.record(z.string(), z.unknown()).safeParse(config);
  const named = namedSchema.safeParse(read.data?.[key]);
  return (named.data ?? []).map(({ output, title }) => ({ name: output, title, required: false }));
}

export function repeatedOutputs(field: string, outputs: readonly string[]): ConfigProblem[] {
  const repeated = outputs.filter((output, index) => outputs.indexOf(output) !== index);
  return [...new Set(repeated)].map((output) => ({
    field,
    code: "repeated_output",
    message: `Two ways out have the same id “${output}”. Give each its own.`,
    params: { output },
  }));
}
