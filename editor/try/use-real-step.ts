import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { realStepSchema, type RealStep } from "../../server/tries/real-step-api.js";
import type { TryEffect } from "../../server/tries/try-api.js";
import { request } from "../api/client.js";
import { newKey } from "../starts/new-key.js";
import type { Trying } from "./trying.js";

interface Asked {
  readonly trying: Trying;
  /** When it was tried. */
  readonly at: string;
  readonly effect: TryEffect;
  readonly onDone: () => void;
}

/** Its key is made with the dialog, so that a second click on its button is the same deed. */
export function useRealStep({ trying, at, effect, onDone }: Asked) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [key] = useState(newKey);
  const [isUnsaved, setUnsaved] = useState(false);
  const { nodeId, connection, input, request: shown } = effect;
  const step = useMutation({
    mutationFn: async (): Promise<RealStep | null> => {
      const revision = await trying.saved();
      setUnsaved(revision === null);
      if (revision === null) return null;
      const asked = { key, nodeId, revision, at, event: trying.chosen?.event, pins: trying.pins };
      const body = { ...asked, shown: { connectionId: connection?.id, url: shown?.url, input } };
      return request(realStepSchema, `/api/flows/${trying.flowId}/real-steps`, { method: "POST", body });
    },
    onSuccess: async (done) => {
      if (!done) return;
      if (done.runId !== null) trying.did(nodeId, done.runId);
      else notifications.show({ message: t("starts.gone"), color: "petrol" });
      onDone();
      await client.invalidateQueries({ queryKey: ["run", "list"] });
    },
  });
  return { step, isUnsaved };
}
