import { z } from "zod";

export const exportInput = z.object({
  name: z.string("flow export needs the flow's name, in quotes if it has spaces, or its id"),
});
export const importInput = z.object({
  file: z.string("flow import needs the file, or - for standard input"),
  name: z.string().trim().min(1, "--name must not be empty").max(120, "--name has at most 120 characters").optional(),
});

export const flowUsages = {
  "flow export": {
    does: "Prints the draft of a flow as a YAML file: connections and sources by name, nothing of this installation.",
    words: ["name"],
    options: {},
    input: exportInput,
    example: 'flow export "Support callback"',
    prints: "schema: 1 …",
  },
  "flow import": {
    does: "Makes a new flow from such a file. It is a draft; flows that are there stay as they are.",
    words: ["file"],
    options: { name: { value: "NAME", words: "what it is called; the name in the file unless told" } },
    input: importInput,
    example: "flow import callback.flow.yaml",
    prints: "the flow's address; on standard error what is called so nowhere here",
  },
};
