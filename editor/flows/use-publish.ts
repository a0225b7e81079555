import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { publishedSchema } from "../../server/flows/flow-api.js";
import type { FlowDetail } from "../../server/flows/flow-api.js";
import { failedTestsSchema } from "../../server/tries/flow-test-api.js";
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
  /** What was saved last when it was asked for first: a reason is for what was shown, and for nothing that was drawn since. */
  readonly revision: number;
  /** Why, although these tests of the flow fail. */
  readonly override?: { readonly overrideReason: string; readonly overrideTests: readonly string[] };
}

interface Refused extends Pick<Wanted, "note" | "revision"> {
  readonly error: ApiError;
}

/** Publishes what was saved last; a refusal that tells more than a sentence is kept to be shown. */
export function usePublish({ flow, saving, onDone }: Asked) {
  const client = useQueryClient();
  const tellError = useTellError();
  const tellPublished = useTellPublished(flow.id);
  const [refused, setRefused] = useState<Refused | null>(null);
  const publish = useMutation({
    mutationFn: ({ note, revision, override }: Wanted) => {
      const body = { revision, ...(note !== "" && { note }), ...override };
      return request(publishedSchema, `/api/flows/${flow.id}/publish`, { method: "POST", body });
    },
    onSuccess: async ({ version }) => {
      onDone();
      tellPublished(version);
      await client.invalidateQueries({ queryKey: ["flow"] });
    },
    onError: (error, { note, revision }) => {
      void client.invalidateQueries({ queryKey: queries.check(flow.id, saving.revision).queryKey });
      if (isShown(error)) {
        onDone();
        setRefused({ error, note, revision });
        return;
      }
      tellError(error);
    },
  });
  const override = (overrideReason: string) => {
    if (!refused) return;
    setRefused(null);
    const { error, ...wanted } = refused;
    const overrideTests = failedTestsSchema.parse(error.body).tests.map(({ id }) => id);
    publish.mutate({ ...wanted, override: { overrideReason, overrideTests } });
  };
  const publishNow = (note: string) => publish.mutate({ note, revision: saving.autosave.revision() });
  return {
    isPublishing: publish.isPending,
    publishNow,
    refused: refused?.error ?? null,
    forgetRefusal: () => setRefused(null),
    override,
  };
}
