import { Spotlight } from "@mantine/spotlight";
import type { SpotlightActionGroupData } from "@mantine/spotlight";
import { IconPlugConnected, IconRoute, IconSearch, IconUserCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { usePageCommands } from "./page-commands.js";
import type { PageCommand } from "./page-commands.js";
import { pages } from "./pages.js";

const ICON = { size: 18, stroke: 1.6 } as const;

const actionOf = ({ id, label, text, icon: Mark, run }: PageCommand) => ({
  id,
  label,
  ...(text !== undefined && { description: text }),
  leftSection: <Mark {...ICON} />,
  onClick: run,
});

function useActions(): SpotlightActionGroupData[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const commands = usePageCommands();
  const flows = useQuery(queries.flows()).data?.items ?? [];
  const connections = useQuery({ ...queries.connections(), enabled: may("connections:read") }).data?.items ?? [];
  return [
    ...(commands.length > 0 ? [{ group: t("drawing.commands"), actions: commands.map(actionOf) }] : []),
    {
      group: t("search.pages"),
      actions: [
        ...pages
          .filter(({ needs }) => needs === undefined || may(needs))
          .map(({ name, to, icon }) => ({ to, label: t(`nav.${name}`), icon })),
        { to: "/account" as const, label: t("shell.account"), icon: IconUserCircle },
      ].map(({ to, label, icon: Mark }) => ({
        id: to,
        label,
        leftSection: <Mark {...ICON} />,
        onClick: () => void navigate({ to }),
      })),
    },
    {
      group: t("nav.flows"),
      actions: flows.map(({ id, name, state }) => ({
        id,
        label: name,
        description: t(`state.${state}`),
        leftSection: <IconRoute {...ICON} />,
        onClick: () => void navigate({ to: "/flows/$id", params: { id } }),
      })),
    },
    {
      group: t("nav.connections"),
      actions: connections.map(({ id, name, state }) => ({
        id,
        label: name,
        description: t(`state.${state}`),
        leftSection: <IconPlugConnected {...ICON} />,
        onClick: () => void navigate({ to: "/connections/$id", params: { id } }),
      })),
    },
  ];
}

export function Search() {
  const { t } = useTranslation();
  return (
    <Spotlight
      actions={useActions()}
      shortcut="mod + K"
      highlightQuery
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      scrollable
      maxHeight={420}
      nothingFound={t("search.nothing")}
      searchProps={{ leftSection: <IconSearch size={18} stroke={1.6} />, placeholder: t("search.placeholder") }}
    />
  );
}
