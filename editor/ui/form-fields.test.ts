import { describe, expect, test } from "vitest";
import { z } from "zod";
import { initialValues, readFields } from "./form-fields.js";

const fieldsOf = (shape: Record<string, z.ZodType>) =>
  readFields({ ...z.toJSONSchema(z.object(shape), { io: "input" }) });
const kindOf = (schema: z.ZodType) => fieldsOf({ field: schema })[0]?.kind;

describe("the kind of a field", () => {
  test.each([
    ["text", z.string()],
    ["text", z.string().nullable()],
    ["text", z.union([z.string(), z.number()])],
    ["number", z.number()],
    ["number", z.int()],
    ["boolean", z.boolean()],
    ["choice", z.enum(["a", "b"])],
    ["choice", z.enum(["a", "b"]).nullable()],
    ["list", z.array(z.string())],
    ["map", z.record(z.string(), z.string())],
    ["json", z.record(z.string(), z.unknown())],
    ["json", z.array(z.number())],
  ])("is %s", (kind, schema) => {
    expect(kindOf(schema)).toBe(kind);
  });
});

test("what zod's meta says of a field comes along", () => {
  const [field] = fieldsOf({
    text: z
      .string()
      .meta({ title: "Message", description: "Up to 4000", template: true, multiline: true, advanced: true }),
  });
  expect(field).toMatchObject({
    title: "Message",
    description: "Up to 4000",
    template: true,
    multiline: true,
    advanced: true,
    required: true,
  });
});

test("a field with a default is not required, and begins with it", () => {
  const fields = fieldsOf({ priority: z.string().default("Normal"), subject: z.string() });
  expect(fields.map(({ required }) => required)).toEqual([false, true]);
  expect(initialValues(fields)).toEqual({ priority: "Normal" });
});

test("hidden fields are not drawn, and the order is the schema's", () => {
  const fields = fieldsOf({ b: z.string(), facts: z.object({}).meta({ hidden: true }), a: z.string().optional() });
  expect(fields.map(({ name }) => name)).toEqual(["b", "a"]);
});

test("what is no object schema has no fields", () => {
  expect(readFields({ properties: 3 })).toEqual([]);
  expect(readFields({})).toEqual([]);
});
