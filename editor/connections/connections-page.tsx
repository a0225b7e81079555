import { Button, Group, Menu, SimpleGrid, Skeleton, Text } from "@mantine/core";
import { IconChevronDown, IconPlugConnected } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { LinkMenuItem } from "../ui/links.js";
import type { ConnectionView } from "../../server/connections/connection-api.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { Listed } from "../ui/listed.js";
import { Delayed } from "../ui/loading.js";
import { Notice } from "../ui/notice.js";
import { Page } from "../ui/page.js";
import { StateMark } from "../ui/state-mark.js";
import { SystemMark } from "../ui/system-mark.js";
import { WhyNot } from "./why-not.js";
import "./connections.css";

export function ConnectionsPage() {
  const { t } = useTranslation();
  const query = useQuery(queries.connections());
  const isEmpty = query.data?.items.length === 0;
  return (
    <Page title={t("nav.connections")} lead={t("connections.lead")} actions={isEmpty ? undefined : <AddConnection />}>
      <Listed
        query={query}
        loading={<CardSkeletons />}
        nothing={
          <div className="lw-card">
            <Notice
              icon={IconPlugConnected}
              title={t("connections.none")}
              text={t("connections.noneText")}
              action={<AddConnection />}
            />
          </div>
        }
      >
        {(items) => (
          <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
            {items.map((connection) => (
              <ConnectionCard key={connection.id} connection={connection} />
            ))}
          </SimpleGrid>
        )}
      </Listed>
    </Page>
  );
}

function CardSkeletons() {
  return (
    <Delayed>
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Skeleton height={132} />
        <Skeleton height={132} />
      </SimpleGrid>
    </Delayed>
  );
}

function AddConnection() {
  const { t } = useTranslation();
  const may = useMay();
  const connectors = useQuery(queries.connectors()).data?.items ?? [];
  if (!may("connections:manage")) return null;
  return (
    <Menu position="bottom-end" shadow="md" width={200}>
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={15} />}>{t("connections.add")}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {connectors.map(({ name, title }) => (
          <LinkMenuItem
            key={name}
            to="/connections/new"
            search={{ connector: name }}
            leftSection={<SystemMark kind={name} size={22} />}
          >
            {title}
          </LinkMenuItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ConnectionCard({ connection }: { readonly connection: ConnectionView }) {
  const { t } = useTranslation();
  const { id, connector, name, state, account, target, notes, sandbox } = connection;
  const warnings = notes.filter(({ level }) => level === "warning");
  return (
    <Link to="/connections/$id" params={{ id }} className="lw-card lw-connection">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="sm" wrap="nowrap" align="flex-start" miw={0}>
          <SystemMark kind={connector} size={36} />
          <div className="lw-connection-name">
            <Text fw={600} truncate>
              {name}
            </Text>
            <Text fz="sm" c="dimmed">
              {t(state === "broken" ? "connections.wasConnectedAs" : "connections.connectedAs", { account, target })}
            </Text>
          </div>
        </Group>
        <StateMark state={state} />
      </Group>
      <WhyNot connection={connection} />
      <Group gap="md">
        {sandbox && (
          <Text fz="sm" c="dimmed">
            {t("connections.sandbox")}
          </Text>
        )}
        {state !== "broken" && (
          <Text fz="sm" c="dimmed">
            {warnings.length === 0
              ? t("connections.noWarnings")
              : t("connections.warnings", { count: warnings.length })}
          </Text>
        )}
      </Group>
    </Link>
  );
}
