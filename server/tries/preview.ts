import { previewStep } from "../../workflows/flow/preview/preview-step.js";
import type { Reader } from "../db/database.js";
import { notFound } from "../errors.js";
import { findFlow } from "../flows/flow-store.js";
import type { Actor } from "../http/route.js";
import type { Preview, PreviewStep } from "./preview-api.js";
import { NO_RUN, pastEvent } from "./try-event.js";
import { worldOf, type TryDependencies } from "./try-service.js";

interface Asked extends PreviewStep {
  readonly actor: Actor;
  readonly flowId: string;
}

/** One step of what is on the screen, on a past event: nothing is sent, nothing is stored, and the draft may be unfinished. */
export async function previewOf(
  reader: Reader,
  dependencies: Pick<TryDependencies, "vault" | "runUrl" | "catalogue">,
  { actor, flowId, draft, nodeId, responseId, pins }: Asked,
): Promise<Preview> {
  if (!(await findFlow(reader, actor.workspaceId, flowId))) throw notFound("flow");
  const on = await pastEvent(reader, dependencies, responseId, { actor, flowId, runId: NO_RUN });
  const preview = previewStep(draft, nodeId, worldOf(dependencies, flowId, on, new Date()), pins);
  if (!preview) throw notFound("step");
  return { ...preview, isMasked: on.isMasked };
}
