import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { DrawnVersionView } from "../../server/flows/version-api.js";
import { useFlowStore } from "../flow/store-context.js";
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

/** One edit like any other: saved as edits are, and taken back by one undo. While somebody else edits it says that it is none. */
export function useRestored(flowId: string, isLookingOn: boolean): void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const store = useFlowStore();
  useEffect(() => {
    const version = client.getQueryData<DrawnVersionView>(handed(flowId));
    if (!version) return;
    client.removeQueries({ queryKey: handed(flowId) });
    if (!isLookingOn) store.getState().edit((draft) => restoreDraft(draft, version.drawn), { select: [] });
    const message = t(isLookingOn ? "versions.notRestored" : "versions.restored", { version: version.number });
    notifications.show({ color: "petrol", message });
  }, [client, flowId, store, isLookingOn, t]);
}
