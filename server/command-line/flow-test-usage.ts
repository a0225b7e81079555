import { z } from "zod";

export const flowTestInput = z.object({ flow: z.string().optional() });

export const flowTestUsage = {
  does: "Runs the tests of all flows, or of the one with this name or id, on their saved drafts. Nothing is sent.",
  words: ["flow"],
  options: {},
  input: flowTestInput,
  example: 'flow test "Support callback"',
  prints: "each test, what is not as it was, and the count; the exit code is 1 where one fails",
} as const;
