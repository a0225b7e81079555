import { parseJsonSafely } from "../../integrations/json.js";
import { Document, isScalar, LineCounter, parseDocument, visit, type Node } from "yaml";

/** From 1, as editors count. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A line of its own at the end: a file that was cut off is told from one that is whole. */
const END = "...";

/** Lists of plain words stand on one line as long as it can be read. */
const ONE_LINE = 90;

export function toYaml(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Seq: (_key, list) => {
      const words = list.items.map((item) => (isScalar(item) ? String(item.value) : null));
      list.flow = words.every((word) => word !== null && !word.includes("\n")) && words.join(", ").length < ONE_LINE;
    },
  });
  return `${document.toString({ lineWidth: 0, flowCollectionPadding: false })}${END}\n`;
}

export type ReadYaml =
  | { readonly ok: true; readonly value: unknown; readonly placeOf: (path: readonly (string | number)[]) => Place }
  | {
      readonly ok: false;
      readonly code: "not_yaml" | "cut_off" | "alias" | "not_kept";
      readonly reason: string;
      readonly at: Place;
    };

/** Reads YAML 1.2 of plain values: no tags, no anchors, no key twice, and nothing that would not be taken as JSON. */
export function readYaml(text: string): ReadYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true, schema: "core" });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const [error] = [...document.errors, ...document.warnings];
  if (error) return { ok: false, code: "not_yaml", reason: error.message, at: placeAt(error.pos[0]) };
  const alias = firstAlias(document);
  if (alias) return { ok: false, code: "alias", reason: "", at: placeAt(alias.range?.[0] ?? 0) };
  if (!/(^|\n)\.\.\.\s*$/.test(text)) return { ok: false, code: "cut_off", reason: "", at: placeAt(text.length) };
  const kept = parseJsonSafely(Buffer.from(JSON.stringify(document.toJS())));
  if (!kept.ok) return { ok: false, code: "not_kept", reason: kept.reason, at: placeAt(0) };
  return { ok: true, value: kept.value, placeOf: (path) => placeAt(offsetOf(document, path)) };
}

function firstAlias(document: Document): Node | undefined {
  let found: Node | undefined;
  visit(document, {
    Alias: (_key, node) => {
      found = node;
      return visit.BREAK;
    },
  });
  return found;
}

/** Of the value at this path, or of the nearest thing around it that is there. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const [offset] = (node as Node | null | undefined)?.range ?? [];
  if (offset !== undefined) return offset;
  return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1));
}
