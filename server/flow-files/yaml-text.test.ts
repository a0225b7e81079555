import { expect, test } from "vitest";
import { readYaml } from "./yaml-text.js";

const deep = `${"[".repeat(70)}${"]".repeat(70)}`;

test.each([
  ["a NUL", 'title: "a\\0b"', "NUL"],
  ["half a letter", 'title: "\\ud800"', "surrogate"],
  ["more depth than a draft", `deep: ${deep}`, "deeper"],
  ["more values than a draft", `many: [${"1,".repeat(10_000)}]`, "10000"],
  ["a key that programs trip over", "__proto__: {x: 1}", "__proto__"],
])("with %s is not read", (_what, line, said) => {
  const reason = expect.stringContaining(said) as string;
  expect(readYaml(`schema: 1\n${line}\n...\n`)).toMatchObject({ ok: false, code: "not_kept", reason });
});
