import { Button, Group, Modal, Table, Text, Title } from "@mantine/core";
import { IconPlus, IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Team } from "../../server/members/team-api.js";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";
import { Notice } from "../ui/notice.js";
import { writtenRule } from "./row-rule.js";
import { TeamForm } from "./team-form.js";
import { limitsOf } from "./things.js";

/** Who sees only a part of the workspace. */
export function Teams() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Team | "new" | null>(null);
  const query = useQuery(queries.teams());
  return (
    <section>
      <Group justify="space-between" align="flex-end" mb={10}>
        <div>
          <Title order={2}>{t("teams.title")}</Title>
          <Text fz="sm" c="dimmed" maw={720}>
            {t("teams.text")}
          </Text>
        </div>
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setOpen("new")}>
          {t("teams.new")}
        </Button>
      </Group>
      <div className="lw-card">
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Notice icon={IconUsersGroup} title={t("teams.none")} text={t("teams.noneText")} />
            ) : (
              <TeamTable items={items} onOpen={setOpen} />
            )
          }
        </Loaded>
      </div>
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open === "new" || open === null ? t("teams.new") : open.name}
        closeOnClickOutside={false}
        size="lg"
      >
        {open !== null && <TeamForm team={open === "new" ? null : open} onDone={() => setOpen(null)} />}
      </Modal>
    </section>
  );
}

const seesOf = (team: Team, t: TFunction): string =>
  [limitsOf(team, t), ...(writtenRule(team).segment.length > 0 || team.accountIds ? [t("teams.certainRows")] : [])]
    .filter((words) => words !== "")
    .join(", ") || t("tokens.all");

interface TableProps {
  readonly items: readonly Team[];
  readonly onOpen: (team: Team) => void;
}

function TeamTable({ items, onOpen }: TableProps) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={520} type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("teams.name")}</Table.Th>
            <Table.Th>{t("teams.sees")}</Table.Th>
            <Table.Th>{t("teams.members")}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((team) => (
            <Table.Tr key={team.id}>
              <Table.Td fw={550}>{team.name}</Table.Td>
              <Table.Td>{seesOf(team, t)}</Table.Td>
              <Table.Td>{t("teams.count", { count: team.memberIds.length })}</Table.Td>
              <Table.Td ta="right">
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t("teams.change", { name: team.name })}
                  onClick={() => onOpen(team)}
                >
                  {t("teams.edit")}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
