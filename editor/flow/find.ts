import type { DraftNode } from "../../workflows/flow/schema.js";
import { plainText } from "../ui/plain-text.js";

export interface Findable {
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
}

/** The steps in whose title, sentence, id or comment every word of the search stands, in reading order: left to right, then down. */
export function findSteps(
  nodes: readonly DraftNode[],
  search: string,
  describe: (node: DraftNode) => Pick<Findable, "title" | "sentence">,
): readonly Findable[] {
  const words = plainText(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return nodes
    .toSorted((a, b) => a.position.x - b.position.x || a.position.y - b.position.y)
    .map((node) => ({ id: node.id, comment: node.comment ?? "", ...pick(describe(node)) }))
    .filter(({ id, title, sentence, comment }) => {
      const all = plainText(`${title} ${sentence} ${id} ${comment}`);
      return words.every((word) => all.includes(word));
    });
}

const pick = ({ title, sentence }: Pick<Findable, "title" | "sentence">) => ({ title, sentence });
