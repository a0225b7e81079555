import { EvaluationError } from "../node-type.js";
import type { PreviewProblem } from "./told.js";

export function problemOf(error: unknown): PreviewProblem {
  if (!(error instanceof EvaluationError)) throw error;
  const { code, path, message } = error;
  return { code, path, message };
}
