import type { Command } from "../commands.js";

/** Commands as short words: "perform ticket", "finish done". */
export const brief = (commands: readonly Command[]): string[] =>
  commands.map((command) =>
    command.kind === "finish" ? `finish ${command.outcome}` : `${command.kind} ${command.nodeId}`,
  );
