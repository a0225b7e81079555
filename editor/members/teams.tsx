import { Button, Modal, Table } from "@mantine/core";
import { IconPlus, IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Team } from "../../server/members/team-api.js";
import { queries } from "../api/queries.js";
import { ListTable } from "../ui/list-table.js";
import { Listed } from "../ui/listed.js";
import { Notice } from "../ui/notice.js";
import { Part } from "../ui/part.js";
import { writtenRule } from "./row-rule.js";
import { TeamForm } from "./team-form.js";
import { limitsOf } from "./things.js";

/** Who sees only a part of the workspace. */
export function Teams() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Team | "new" | null>(null);
  const query = useQuery(queries.teams());
  const action = (
    <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setOpen("new")}>
      {t("teams.new")}
    </Button>
  );
  return (
    <Part title={t("teams.title")} text={t("teams.text")} action={action}>
      <div className="lw-card">
        <Listed
          query={query}
          nothing={<Notice icon={IconUsersGroup} title={t("teams.none")} text={t("teams.noneText")} />}
        >
          {(items) => <TeamTable items={items} onOpen={setOpen} />}
        </Listed>
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
    </Part>
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
    <ListTable minWidth={520} headings={[t("teams.name"), t("teams.sees"), t("teams.members"), {}]}>
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
    </ListTable>
  );
}
