import { z } from "zod";
import { defineNode, output } from "../node-type.js";
import { idSchema } from "../parts.js";

export const setConfigSchema = z.object({
  values: z
    .array(z.object({ name: idSchema, template: z.string().max(10_000) }))
    .min(1)
    .max(50),
});
type Value = z.infer<typeof setConfigSchema>["values"][number];

const fieldOf = (index: number) => `values[${index}].template`;

export const setNode = defineNode(setConfigSchema, {
  group: "do",
  defaults: { values: [{ name: "value", template: "" }] },
  outputs: () => [output("next", true)],
  produces: ({ values }) =>
    values.map(({ name }) => ({
      output: "next",
      field: { path: `values.${name}`, title: name, type: "string", dataClass: "secret", optional: false },
    })),
  templates: ({ values }) => values.map(({ template }, index) => ({ field: fieldOf(index), template })),
  check: ({ values }) =>
    repeatedNames(values).map((name) => ({
      field: "values",
      code: "repeated_value",
      message: `“${name}” is set twice here. Give each value its own name.`,
      params: { name },
    })),
  evaluate: ({ values }, { nodeId, render }) => ({
    facts: [
      {
        kind: "set",
        nodeId,
        data: { names: values.map(({ name }) => name) },
        sealed: {
          values: Object.fromEntries(
            values.map(({ name, template }, index) => [name, render(template, fieldOf(index))]),
          ),
        },
      },
    ],
  }),
});

const repeatedNames = (values: readonly Value[]): string[] =>
  values.map(({ name }) => name).filter((name, index, names) => names.indexOf(name) !== index);
