import { fileURLToPath } from "node:url";
import { bundleWorkflowCode, DefaultLogger } from "@temporalio/worker";
import { inject, vi } from "vitest";
import { openTestNamespace } from "../../server/testing/temporal-namespace.js";

/** Today's workflow code, bundled without a word. */
export const bundleWorkflows = (): Promise<{ code: string }> =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL("../temporal/workflows.ts", import.meta.url)),
    logger: new DefaultLogger("ERROR"),
  });

/** The tests' Temporal in a namespace of this file's own: files run side by side, and would take each other's work. */
export async function openEngine() {
  const temporalAddress = inject("temporalAddress");
  const [{ namespace, close }, workflowBundle] = await Promise.all([
    openTestNamespace(temporalAddress),
    bundleWorkflows(),
  ]);
  vi.stubEnv("TEMPORAL_NAMESPACE", namespace);
  return { temporalAddress, workflowBundle, close };
}

export type Engine = Awaited<ReturnType<typeof openEngine>>;
