import { isJson, text, type Json } from "./json.js";

/**
 * Atlassian Document Format, as far as the fake must know it: tell a document from anything else, and go between it and text.
 * Source: the ADF structure page of developer.atlassian.com (node names, `doc` with `version: 1`).
 */
const BLOCKS = new Set([
  "blockquote", "bulletList", "codeBlock", "expand", "heading", "listItem", "mediaGroup", "mediaSingle", "nestedExpand",
  "orderedList", "panel", "paragraph", "rule", "table", "tableCell", "tableHeader", "tableRow", "taskList", "taskItem",
  "decisionList", "decisionItem", "media", "blockCard", "embedCard",
]); // prettier-ignore
const INLINES = new Set(["text", "hardBreak", "mention", "emoji", "inlineCard", "date", "status"]);

export function isDocument(value: unknown): value is Json {
  if (!isJson(value) || value["type"] !== "doc" || value["version"] !== 1) return false;
  const { content } = value;
  return Array.isArray(content) && content.every((node) => isNode(node, BLOCKS));
}

function isNode(node: unknown, allowed: ReadonlySet<string>): boolean {
  if (!isJson(node)) return false;
  const type = text(node["type"]) ?? "";
  if (!allowed.has(type)) return false;
  // Jira refuses empty text nodes; clients forget that more often than anything else.
  if (type === "text" && !text(node["text"])) return false;
  const content = node["content"] ?? [];
  return Array.isArray(content) && content.every((child) => isNode(child, BLOCKS) || isNode(child, INLINES));
}

export function documentOf(plain: string): Json {
  const paragraphs = plain.split(/\n{2,}/).map((paragraph) => ({ type: "paragraph", content: lines(paragraph) }));
  return { type: "doc", version: 1, content: paragraphs };
}

function lines(paragraph: string): Json[] {
  return paragraph
    .split("\n")
    .flatMap((line, index) => [
      ...(index > 0 ? [{ type: "hardBreak" }] : []),
      ...(line === "" ? [] : [{ type: "text", text: line }]),
    ]);
}

export function textOf(node: Json): string {
  const type = text(node["type"]);
  if (type === "text") return text(node["text"]) ?? "";
  if (type === "hardBreak") return "\n";
  if (type === "mention" || type === "inlineCard") return attributeText(node);
  const content = Array.isArray(node["content"]) ? node["content"].filter(isJson) : [];
  const separator = content.some((child) => BLOCKS.has(text(child["type"]) ?? "")) ? "\n" : "";
  return content.map(textOf).join(separator);
}

function attributeText(node: Json): string {
  const attributes = isJson(node["attrs"]) ? node["attrs"] : {};
  return text(attributes["text"]) ?? text(attributes["url"]) ?? "";
}
