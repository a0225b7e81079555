import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { RouterContextProvider, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { useFlowStore } from "../flow/store-context.js";
import { LinkAnchor } from "../ui/links.js";

/** Says which version is live, and leads on: to a sample while the sandbox is on and a source is known, else to the flow's runs. */
export function useTellPublished(flowId: string): (version: number) => void {
  const { t } = useTranslation();
  const router = useRouter();
  const store = useFlowStore();
  const mayRead = useMay()("sources:read");
  const sandbox = useQuery(queries.me()).data?.sandbox ?? null;
  return (version) => {
    const sourceId = sandbox && mayRead ? sourceOf(store.getState().draft) : undefined;
    const next = sourceId ? (
      <LinkAnchor to="/sources/$id" params={{ id: sourceId }} inherit>
        {t("publish.trySample")}
      </LinkAnchor>
    ) : (
      <LinkAnchor to="/runs" search={{ flowId }} inherit>
        {t("publish.seeRuns")}
      </LinkAnchor>
    );
    notifications.show({
      color: "petrol",
      // Notices stand outside of the pages, which know the addresses.
      message: (
        <RouterContextProvider router={router}>
          {t("publish.done", { version })} {next}
        </RouterContextProvider>
      ),
    });
  };
}

/** The first source that the trigger listens to; none where anything else starts the flow. */
function sourceOf({ nodes }: FlowDraft): string | undefined {
  const { sources, start } = nodes.find(({ type }) => type === "trigger")?.config ?? {};
  const [first] = Array.isArray(sources) && start === undefined ? (sources as unknown[]) : [];
  return typeof first === "string" ? first : undefined;
}
