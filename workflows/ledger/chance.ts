import { createHash } from "node:crypto";

/** A share in [0, 1) that is the same for one person in one node for ever, and independent between nodes. */
export function chanceOf(subjectId: string, flowId: string, nodeId: string): number {
  const hash = createHash("sha256").update(`${subjectId}|${flowId}|${nodeId}`).digest();
  return hash.readUIntBE(0, 6) / 2 ** 48;
}
