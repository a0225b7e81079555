import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { publishedSchema } from "../../server/flows/flow-api.js";
import type { FlowDetail } from "../../server/flows/flow-api.js";
import { request } from "../api/client.js";
import type { ApiError } from "../api/client.js";
import { queries } from "../api/queries.js";
import { useErrorWords } from "../ui/error-words.js";
import { isShown } from "./publish-refusal.js";
import type { Saving } from "./use-autosave.js";

interface Asked {
  readonly flow: FlowDetail;
  readonly saving: Saving;
  readonly onDone: () => void;
}

/** Publishes what was saved last; a refusal that tells more than a sentence is kept to be shown. */
export function usePublish({ flow, saving, onDone }: Asked) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const wordsOf = useErrorWords();
  const [refused, setRefused] = useState<ApiError | null>(null);
  const publish = useMutation({
    mutationFn: (note: string) => {
      const body = { revision: saving.autosave.revision(), ...(note !== "" && { note }) };
      return request(publishedSchema, `/api/flows/${flow.id}/publish`, { method: "POST", body });
    },
    onSuccess: async ({ version }) => {
      onDone();
      notifications.show({ color: "petrol", message: t("publish.done", { version }) });
      await client.invalidateQueries({ queryKey: ["flow"] });
    },
    onError: (error) => {
      void client.invalidateQueries({ queryKey: queries.check(flow.id, saving.revision).queryKey });
      if (isShown(error)) {
        onDone();
        setRefused(error);
        return;
      }
      const { title, text } = wordsOf(error);
      notifications.show({ title, message: text, color: "red", autoClose: 10_000 });
    },
  });
  return { publish, refused, forgetRefusal: () => setRefused(null) };
}
