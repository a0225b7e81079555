/** Atlassian Document Format, as far as the Markdown subset needs it. https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
export interface AdfNode {
  readonly type: string;
  readonly version?: 1;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[];
  readonly text?: string;
  readonly content?: readonly AdfNode[];
}

/** Jira refuses text fields over 32,767 characters; a cut comment is better than a step that is stuck. */
const LONGEST = 30_000;

/**
 * Paragraphs, # headings, - and 1. lists, > quotes, ``` fences; **bold**, *italic*, `code`, [links](https://…). Everything else is text,
 * so a customer's words can at worst be styled.
 */
export function markdownToAdf(markdown: string): AdfNode {
  const text = markdown.length > LONGEST ? `${markdown.slice(0, LONGEST)}…` : markdown;
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const content: AdfNode[] = [];
  for (let at = 0; at < lines.length;) {
    const [node, next] = blockAt(lines, at);
    if (node) content.push(node);
    at = next;
  }
  return { type: "doc", version: 1, content: content.length > 0 ? content : [{ type: "paragraph", content: [] }] };
}

type Block = readonly [node: AdfNode | null, next: number];

const HEADING = /^(#{1,6})\s+(\S.*)$/;
const BULLET = /^\s*[-*+]\s+(\S.*)$/;
const NUMBERED = /^\s*\d+[.)]\s+(\S.*)$/;
const QUOTE = /^>\s?(.*)$/;
const FENCE = /^```/;

interface Kind {
  readonly starts: RegExp;
  readonly take: (lines: readonly string[], at: number) => Block;
}

/** The first whose pattern fits a line takes it, and as many more as belong to it. */
const KINDS: readonly Kind[] = [
  { starts: /^\s*$/, take: (_lines, at) => [null, at + 1] },
  { starts: FENCE, take: fence },
  { starts: HEADING, take: heading },
  { starts: BULLET, take: run(BULLET, (items) => ({ type: "bulletList", content: items.map(listItem) })) },
  { starts: NUMBERED, take: run(NUMBERED, (items) => ({ type: "orderedList", content: items.map(listItem) })) },
  { starts: QUOTE, take: run(QUOTE, (quoted) => ({ type: "blockquote", content: [paragraph(quoted)] })) },
];

function blockAt(lines: readonly string[], at: number): Block {
  const kind = KINDS.find(({ starts }) => starts.test(lines[at] ?? ""));
  if (kind) return kind.take(lines, at);
  let end = at + 1;
  while (end < lines.length && !KINDS.some(({ starts }) => starts.test(lines[end] ?? ""))) end += 1;
  return [paragraph(lines.slice(at, end)), end];
}

function heading(lines: readonly string[], at: number): Block {
  const [, hashes = "#", text = ""] = HEADING.exec(lines[at] ?? "") ?? [];
  return [{ type: "heading", attrs: { level: hashes.length }, content: inline(text) }, at + 1];
}

function run(pattern: RegExp, build: (inner: string[]) => AdfNode): Kind["take"] {
  return (lines, at) => {
    const inner: string[] = [];
    for (let match; (match = pattern.exec(lines[at + inner.length] ?? ""));) inner.push(match[1] ?? "");
    return [build(inner), at + inner.length];
  };
}

function fence(lines: readonly string[], at: number): Block {
  const close = lines.findIndex((line, index) => index > at && FENCE.test(line));
  const end = close === -1 ? lines.length : close;
  const code = lines.slice(at + 1, end).join("\n");
  return [{ type: "codeBlock", content: code === "" ? [] : [{ type: "text", text: code }] }, end + 1];
}

const listItem = (text: string): AdfNode => ({ type: "listItem", content: [paragraph([text])] });

const paragraph = (lines: readonly string[]): AdfNode => ({
  type: "paragraph",
  content: lines.flatMap((line, index) => (index === 0 ? inline(line) : [{ type: "hardBreak" }, ...inline(line)])),
});

/** Each alternative stops at its own delimiter, so no input makes it backtrack. */
const MARKS =
  /`(?<code>[^`]+)`|\*\*(?<strong>[^*]+)\*\*|\*(?<em>[^*\s][^*]*)\*|\[(?<label>[^[\]]+)\]\((?<href>https?:\/\/[^\s()]+)\)/g;

function inline(line: string): AdfNode[] {
  const nodes: AdfNode[] = [];
  let at = 0;
  for (const match of line.matchAll(MARKS)) {
    nodes.push(...plain(line.slice(at, match.index)), marked(match.groups ?? {}));
    at = match.index + match[0].length;
  }
  return [...nodes, ...plain(line.slice(at))];
}

// An empty text node is invalid and makes Jira refuse the whole document.
const plain = (text: string): AdfNode[] => (text === "" ? [] : [{ type: "text", text }]);

function marked(groups: Readonly<Record<string, string | undefined>>): AdfNode {
  const { code, strong, em, label, href } = groups;
  if (code !== undefined) return { type: "text", text: code, marks: [{ type: "code" }] };
  if (strong !== undefined) return { type: "text", text: strong, marks: [{ type: "strong" }] };
  if (em !== undefined) return { type: "text", text: em, marks: [{ type: "em" }] };
  return { type: "text", text: label ?? "", marks: [{ type: "link", attrs: { href } }] };
}
