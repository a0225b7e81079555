import { describe, expect, it } from "vitest";
import { z } from "zod";
import { givenAt, wordIssue } from "./issue-words.js";

function say(schema: z.ZodType, input: unknown): string[] {
  const issues = schema.safeParse(input).error?.issues ?? [];
  return issues.map((issue) => wordIssue(issue, givenAt(input, issue.path)));
}
const one = (schema: z.ZodType, input: unknown): string => say(schema, input).join(" | ");

const kinds = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("nps") }),
  z.object({ kind: z.literal("csat") }),
]);

describe("what is wrong with a request, in words", () => {
  it.each<[string, z.ZodType, unknown]>([
    ["is missing; it must be text", z.string(), undefined],
    ["must be text, and is a number", z.string(), 3],
    ["must be text, and is null", z.string(), null],
    ["must be a list, and is an object", z.array(z.string()), {}],
    ["must be an object, and is a list", z.object({}), []],
    ["must be an object, and is text", z.record(z.string(), z.string()), "x"],
    ["must be true or false, and is text", z.boolean(), "yes"],
    ["must be a number, and is text", z.coerce.number(), "many"],
    ["must be a whole number", z.int(), 1.5],
    ["is too large a number", z.number(), Infinity],
    ["must be left out, and is a number", z.never(), 1],
    ["must be a date, and is text", z.date(), "x"],
    ["must be an id, such as 0198c0de-7000-7000-8000-000000000001", z.uuid(), "17"],
    ["must be an e-mail address, such as ada@example.com", z.email(), "ada"],
    ["must be a complete address, such as https://example.com/path", z.url(), "example"],
    ["must be a time in ISO 8601, such as 2026-03-02T09:00:00Z", z.iso.datetime(), "today"],
    ["must be a date in ISO 8601, such as 2026-03-02", z.iso.date(), "today"],
    ["must be base64", z.base64(), "§"],
    ['must be text that begins with "lw_"', z.string().startsWith("lw_"), "x"],
    ['must be text that ends with ".csv"', z.string().endsWith(".csv"), "x"],
    ['must be text that holds "@"', z.string().includes("@"), "x"],
    ["must be of the form /^[a-z]+$/", z.string().regex(/^[a-z]+$/), "X"],
    ["must be a valid ipv4", z.ipv4(), "x"],
    ["must not be empty", z.string().min(1), ""],
    ["must not be empty", z.array(z.string()).min(1), []],
    ["must have at least 8 characters", z.string().min(8), "x"],
    ["must have exactly 3 characters", z.string().length(3), "x"],
    ["must have at most 1 character", z.string().max(1), "xx"],
    ["must have at most 2 entries", z.array(z.int()).max(2), [1, 2, 3]],
    ["must be at least 1", z.number().min(1), 0],
    ["must be more than 0", z.number().positive(), 0],
    ["must be at most 200", z.number().max(200), 201],
    ["must be less than 0", z.number().negative(), 1],
    ["must be a multiple of 5", z.number().multipleOf(5), 3],
    ['must be one of "a", "b"', z.enum(["a", "b"]), "c"],
    ['is missing; it must be one of "a", "b"', z.enum(["a", "b"]), undefined],
    ['must be "a"', z.literal("a"), "c"],
    ['must be one of "nps", "csat"', kinds, { kind: "ces" }],
    [
      "must be text, and is true or false or must be a number, and is true or false",
      z.union([z.string(), z.number()]),
      true,
    ],
    ["fits more than one of what is possible here", z.xor([z.string(), z.unknown()]), "x"],
    ['has a field that is not known here, "b"; leave it out', z.strictObject({}), { b: 1 }],
    ['has fields that are not known here, "b" and "c"; leave them out', z.strictObject({}), { b: 1, c: 2 }],
    [
      "has a name that does not fit: it must be of the form /^a/",
      z.record(z.string().regex(/^a/), z.string()),
      { b: "x" },
    ],
    [
      "has an entry that does not fit: it must be a number, and is text",
      z.map(z.object({}), z.number()),
      new Map([[{}, "x"]]),
    ],
    ["is not valid", z.string().refine(() => false), "x"],
    ["Not a header name", z.string().regex(/a/, "Not a header name"), "x"],
  ])("%s", (words, schema, input) => {
    expect(one(schema, input)).toBe(words);
  });

  it("names the field that an alternative wants otherwise", () => {
    const schema = z.union([z.object({ a: z.string() }), z.object({ b: z.number() })]);
    expect(one(schema, { b: "x" })).toBe(
      'needs another "a", which is missing; it must be text or needs another "b", which must be a number, and is text',
    );
  });

  it("never repeats what was sent", () => {
    const secret = "hunter2";
    const schema = z.object({ a: z.uuid(), b: z.number(), c: z.enum(["x"]), d: z.string().max(2) });
    expect(say(schema, { a: secret, b: secret, c: secret, d: secret }).join()).not.toContain(secret);
  });

  it("cuts a long choice", () => {
    const many = z.enum(Array.from({ length: 40 }, (_, index) => `v${index}`));
    expect(one(many, "x")).toMatch(/"v11", …$/);
  });
});
