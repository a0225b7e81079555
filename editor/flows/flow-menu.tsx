import { Menu } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconPlayerTrackNext, IconTrash, IconVersions } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { LinkMenuItem } from "../ui/links.js";
import type { FlowSummary } from "../../server/flows/flow-api.js";
import { useMay } from "../api/may.js";
import { useChange } from "../api/change.js";
import { askFirst } from "../ui/confirm.js";
import { Unpublish } from "../versions/unpublish.js";
import { MoreMenu } from "../ui/more-menu.js";

const anything = z.unknown();

/** A flow that was never published takes nothing up, so there is nothing to pause. */
const verbs = {
  draft: null,
  live: { name: "pause", icon: IconPlayerPause },
  paused: { name: "resume", icon: IconPlayerPlay },
} as const;

type Flow = Pick<FlowSummary, "id" | "name" | "state" | "version">;

function useAsk({ id, name }: Flow): () => void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const remove = useChange({
    schema: anything,
    call: () => ({ path: `/api/flows/${id}`, method: "DELETE" }),
    renews: ["flow"],
  });
  return () =>
    askFirst({
      title: t("flows.remove"),
      text: t("flows.removeText", { name }),
      onConfirm: () => remove.mutate(undefined, { onSuccess: () => void navigate({ to: "/flows" }) }),
    });
}

export function FlowMenu({ flow }: { readonly flow: Flow }) {
  const { t } = useTranslation();
  const { id, name, state, version } = flow;
  const path = `/api/flows/${id}`;
  const may = useMay();
  const verb = may("flows:publish") ? verbs[state] : null;
  const change = useChange({
    schema: anything,
    call: (verb: "pause" | "resume") => ({ path: `${path}/${verb}` }),
    renews: ["flow"],
  });
  const ask = useAsk(flow);
  return (
    <MoreMenu label={t("flows.actionsFor", { name })} loading={change.isPending}>
      {verb && (
        <Menu.Item leftSection={<verb.icon size={16} />} onClick={() => change.mutate(verb.name)}>
          {t(`flows.${verb.name}`)}
        </Menu.Item>
      )}
      <LinkMenuItem to="/runs" search={{ flowId: id }} leftSection={<IconPlayerTrackNext size={16} />}>
        {t("flows.showRuns")}
      </LinkMenuItem>
      {version !== null && (
        <LinkMenuItem to="/flows/$id/versions" params={{ id }} leftSection={<IconVersions size={16} />}>
          {t("versions.show")}
        </LinkMenuItem>
      )}
      {verb && <Unpublish flow={flow} />}
      {may("flows:edit") && (
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={ask}>
          {t("flows.remove")}
        </Menu.Item>
      )}
    </MoreMenu>
  );
}
