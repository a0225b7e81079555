import { describe, expect, it } from "vitest";
import { markdownToAdf, type AdfNode } from "./adf.js";

const blocks = (markdown: string): readonly AdfNode[] => markdownToAdf(markdown).content ?? [];
const text = (value: string, ...marks: object[]) => ({ type: "text", text: value, ...(marks.length > 0 && { marks }) });

describe("markdownToAdf", () => {
  it("turns blank-line separated text into paragraphs, and single line breaks into hard breaks", () => {
    expect(blocks("one\ntwo\n\nthree")).toEqual([
      { type: "paragraph", content: [text("one"), { type: "hardBreak" }, text("two")] },
      { type: "paragraph", content: [text("three")] },
    ]);
  });

  it("keeps headings with their level", () => {
    expect(blocks("### Score 3")).toEqual([{ type: "heading", attrs: { level: 3 }, content: [text("Score 3")] }]);
  });

  it("gathers neighbouring bullets and numbers into lists", () => {
    const item = (value: string) => ({ type: "listItem", content: [{ type: "paragraph", content: [text(value)] }] });
    expect(blocks("- a\n- b\n1. c\n2. d")).toEqual([
      { type: "bulletList", content: [item("a"), item("b")] },
      { type: "orderedList", content: [item("c"), item("d")] },
    ]);
  });

  it("keeps quotes and fenced code as they are", () => {
    expect(blocks("> I **wait**\n> long\n```ts\nconst a = '**';\n```\nafter")).toEqual([
      {
        type: "blockquote",
        content: [
          {
            type: "paragraph",
            content: [text("I "), text("wait", { type: "strong" }), { type: "hardBreak" }, text("long")],
          },
        ],
      },
      { type: "codeBlock", content: [text("const a = '**';")] },
      { type: "paragraph", content: [text("after")] },
    ]);
  });

  it("marks bold, italic, code and web links within a line", () => {
    expect(blocks("**b** *i* `c` [l](https://x.example/a?b=1)")).toEqual([
      {
        type: "paragraph",
        content: [
          text("b", { type: "strong" }),
          text(" "),
          text("i", { type: "em" }),
          text(" "),
          text("c", { type: "code" }),
          text(" "),
          text("l", { type: "link", attrs: { href: "https://x.example/a?b=1" } }),
        ],
      },
    ]);
  });

  it("leaves a script link as text", () => {
    expect(blocks("[x](javascript:alert)")).toEqual([{ type: "paragraph", content: [text("[x](javascript:alert)")] }]);
  });

  it("makes a valid document of nothing, because Jira refuses empty text nodes", () => {
    expect(blocks(" \n\n")).toEqual([{ type: "paragraph", content: [] }]);
  });

  it("takes a fence that never closes to the end", () => {
    expect(blocks("```\nabc")).toEqual([{ type: "codeBlock", content: [text("abc")] }]);
  });

  it("cuts what Jira would refuse as too long", () => {
    expect(JSON.stringify(markdownToAdf("x".repeat(40_000))).length).toBeLessThan(32_000);
  });

  it("stays linear on text that tempts a pattern to backtrack", () => {
    const hostile = `${"[".repeat(10_000)}${"**".repeat(5_000)}${"`".repeat(5_001)}`;
    expect(blocks(hostile).length).toBe(1);
  });
});
