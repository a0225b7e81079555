import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { aNode } from "../../../../workflows/flow/testing/a-flow.js";
import { stepOf } from "../runs.js";
import { tryFlow, type Stage } from "./stage.js";

/** As the advisories had them, and the ways around the filters that were their first answers. */
const javascript = (marker: string): string[] => {
  const deed = `globalThis.pwned=1,process.getBuiltinModule('fs').writeFileSync('${marker}','x')`;
  return [
    `constructor.constructor("${deed}")()`,
    `(function(){ return this.process.mainModule.require('child_process').execSync('touch ${marker}') })()`,
    `(() => { ${deed} })()`,
    `[..."x"].map(() => { ${deed} })`,
    `feedback["constru" + "ctor"]["constructor"]("${deed}")()`,
    `feedback.comment.constructor.constructor("${deed}")()`,
    "feedback.comment.at.constructor`" + deed + "```",
    `Reflect.construct(Function, ["${deed}"])()`,
    `new Proxy({}, { get: () => { ${deed} } }).x`,
    `({ toString: () => { ${deed} } }) + ""`,
    `feedback.__proto__.polluted = 1`,
    `import("node:fs").then((fs) => fs.writeFileSync("${marker}", "x"))`,
  ];
};

const liquid = (marker: string): string[] => [
  ...["include", "render", "layout"].map((tag) => `{% ${tag} '/etc/passwd' %}`),
  `{% assign x = "${marker}" | write_file %}`,
  `{{ "touch ${marker}" | exec }}`,
  `{{ feedback | map: "constructor" | first }}`,
  `{{ feedback.constructor.name }}{{ feedback.__proto__ }}{{ feedback.comment.constructor }}`,
  `{% raw %}{% endraw %}{{ '{{ feedback.constructor }}' }}`,
];

export function expressionRunsCode(stage: Stage): void {
  const nothingRan = () => {
    expect(globalThis).not.toHaveProperty("pwned");
    expect({}).not.toHaveProperty("polluted");
    expect(existsSync(stage.marker)).toBe(false);
  };

  it("a condition is parsed by a language that has none of JavaScript: it is refused before it is published", async () => {
    for (const cel of javascript(stage.marker)) {
      const draft = [aNode("condition", "check", { when: { cel } }), aNode("stop", "done")];
      const { status, run } = await tryFlow(stage, draft, "start > check, check:yes > done");
      expect([cel, status, run]).toEqual([cel, 422, null]);
    }
    nothingRan();
  });

  it("a text is filled in and never run, in every form of braces", async () => {
    const texts = javascript(stage.marker).flatMap((code) => [`{{ ${code} }}`, `={{ ${code} }}`, `\${${code}}`]);
    for (const template of [...texts, ...liquid(stage.marker)]) {
      const draft = [aNode("set", "fill", { values: [{ name: "out", template }] }), aNode("stop", "done")];
      const { status, run } = await tryFlow(stage, draft, "start > fill, fill > done");
      const values = run && JSON.stringify(stepOf(run, "fill").values);
      expect([template, status === 422 || run !== null]).toEqual([template, true]);
      expect(values ?? "").not.toMatch(/root:.*:0:0|\[native code\]|function Object|\[object/);
    }
    nothingRan();
  });

  it("what a customer writes is never read as an expression, wherever it ends up", async () => {
    for (const code of javascript(stage.marker)) {
      const comment = `{{ ${code} }} {% include '/etc/passwd' %} \${${code}} ={{ 7*7 }}`;
      const draft = [
        aNode("set", "fill", { values: [{ name: "out", template: "{{ feedback.comment | default: '' }}" }] }),
        aNode("set", "again", { values: [{ name: "out2", template: "{{ values.out }}" }] }),
        aNode("stop", "done"),
      ];
      const { run } = await tryFlow(stage, draft, "start > fill, fill > again, again > done", { comment });
      expect(run && stepOf(run, "again").values).toEqual({ out2: comment });
    }
    nothingRan();
  });

  it("an expression that would take for ever is refused or cut off, and the product goes on", async () => {
    const bombs = [
      "feedback.comment.matches('(a+)+$')",
      `${"[1,2,3,4,5,6,7,8,9,0].all(x, ".repeat(6)}true${")".repeat(6)}`,
      Array.from({ length: 200 }, () => "feedback.comment").join(" + ") + ' == ""',
      `${"(".repeat(5_000)}true${")".repeat(5_000)}`,
    ];
    for (const cel of bombs) {
      const draft = [aNode("condition", "check", { when: { cel } }), aNode("stop", "done")];
      const tried = await tryFlow(stage, draft, "start > check, check:yes > done", { comment: "a".repeat(2_000) });
      expect([cel.slice(0, 30), tried.status]).toEqual([cel.slice(0, 30), expect.toBeOneOf([400, 422])]);
    }
    expect((await stage.api("GET", "/api/me")).status).toBe(200);
  });
}
