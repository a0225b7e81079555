import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { DrawnVersionView } from "../../server/flows/version-api.js";
import type { FlowStore } from "../flow/store.js";
import { restoreDraft } from "./restore-draft.js";

/** Handed from the page of versions to the editor; an address that restores would restore for whoever follows it. */
const handed = (flowId: string) => ["restoring", flowId] as const;

/** Opens the flow with this version as its draft. */
export function useRestore(flowId: string): (version: DrawnVersionView) => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  return (version) => {
    client.setQueryData(handed(flowId), version);
    void navigate({ to: "/flows/$id", params: { id: flowId } });
  };
}

/** One edit like any other: saved as edits are, and taken back by one undo. */
export function useRestored(flowId: string, store: FlowStore): void {
  const { t } = useTranslation();
  const client = useQueryClient();
  useEffect(() => {
    const version = client.getQueryData<DrawnVersionView>(handed(flowId));
    if (!version) return;
    client.removeQueries({ queryKey: handed(flowId) });
    store.getState().edit((draft) => restoreDraft(draft, version.drawn), { select: [] });
    notifications.show({ color: "petrol", message: t("versions.restored", { version: version.number }) });
  }, [client, flowId, store, t]);
}
