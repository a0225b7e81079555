import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { realStepSchema, type DoRealStep, type RealStep } from "../../server/tries/real-step-api.js";
import { ApiError, request } from "../api/client.js";
import type { SendableEffect } from "./sendable.js";
import type { Trying } from "./trying.js";

interface Asked {
  readonly trying: Trying;
  /** When it was tried. */
  readonly at: string;
  readonly effect: SendableEffect;
  readonly onDone: () => void;
}

/** Does it once, however often it is pressed; null where what is on the screen could not be saved. */
export function useRealStep({ trying, at, effect, onDone }: Asked) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { chosen, pins, flowId } = trying;
  const { nodeId, connection, input, request: shown } = effect;
  return useMutation({
    mutationFn: async (): Promise<RealStep | null> => {
      const deed = trying.begin(nodeId);
      const revision = await trying.saved();
      if (revision === null || !chosen) return null;
      const asked = { key: deed.key, nodeId, revision, at, event: chosen.event, pins };
      const body = {
        ...asked,
        shown: { connectionId: connection.id, url: shown.url, input },
      } satisfies DoRealStep;
      const done = await request(realStepSchema, `/api/flows/${flowId}/real-steps`, { method: "POST", body }).catch(
        (error: unknown) => {
          if (error instanceof ApiError && error.problem.code === "step_key_used") deed.spend();
          throw error;
        },
      );
      deed.did(done.runId);
      return done;
    },
    onSuccess: async (done) => {
      if (!done) return;
      if (done.runId === null) notifications.show({ message: t("starts.gone"), color: "petrol" });
      onDone();
      await client.invalidateQueries({ queryKey: ["run", "list"] });
    },
  });
}
