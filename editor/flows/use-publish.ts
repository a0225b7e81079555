import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { publishedSchema } from "../../server/flows/flow-api.js";
import type { FlowDetail } from "../../server/flows/flow-api.js";
import { request } from "../api/client.js";
import type { ApiError } from "../api/client.js";
import { queries } from "../api/queries.js";
import { useTellError } from "../ui/tell-error.js";
import { isShown } from "./publish-refusal.js";
import { useTellPublished } from "./tell-published.js";
import type { Saving } from "./use-autosave.js";

interface Asked {
  readonly flow: FlowDetail;
  readonly saving: Saving;
  readonly onDone: () => void;
}

interface Wanted {
  readonly note: string;
  /** Why, although tests of the flow fail. */
  readonly overrideReason?: string;
}

/** Publishes what was saved last; a refusal that tells more than a sentence is kept to be shown. */
export function usePublish({ flow, saving, onDone }: Asked) {
  const client = useQueryClient();
  const tellError = useTellError();
  const tellPublished = useTellPublished(flow.id);
  const [refused, setRefused] = useState<{ readonly error: ApiError; readonly note: string } | null>(null);
  const publish = useMutation({
    mutationFn: ({ note, overrideReason }: Wanted) => {
      const body = {
        revision: saving.autosave.revision(),
        ...(note !== "" && { note }),
        ...(overrideReason !== undefined && { overrideReason }),
      };
      return request(publishedSchema, `/api/flows/${flow.id}/publish`, { method: "POST", body });
    },
    onSuccess: async ({ version }) => {
      onDone();
      tellPublished(version);
      await client.invalidateQueries({ queryKey: ["flow"] });
    },
    onError: (error, { note }) => {
      void client.invalidateQueries({ queryKey: queries.check(flow.id, saving.revision).queryKey });
      if (isShown(error)) {
        onDone();
        setRefused({ error, note });
        return;
      }
      tellError(error);
    },
  });
  const override = (overrideReason: string) => {
    if (!refused) return;
    setRefused(null);
    publish.mutate({ note: refused.note, overrideReason });
  };
  return { publish, refused: refused?.error ?? null, forgetRefusal: () => setRefused(null), override };
}
