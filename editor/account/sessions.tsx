import { Badge, Button, Group, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { emptySchema } from "../../server/http/common-api.js";
import type { SessionView } from "../../server/members/account-api.js";
import { useChange } from "../api/change.js";
import { queries } from "../api/queries.js";
import { ListTable } from "../ui/list-table.js";
import { Loaded } from "../ui/loading.js";
import { Part } from "../ui/part.js";
import { Time } from "../ui/time.js";

const useEnd = (path: string) =>
  useChange({ schema: emptySchema, call: () => ({ path, method: "DELETE" }), renews: ["session"] });

export function Sessions() {
  const { t } = useTranslation();
  const query = useQuery(queries.sessions());
  const endOthers = useEnd("/api/account/sessions");
  const hasOthers = query.data?.items.some(({ current }) => !current) ?? false;
  const action = hasOthers && (
    <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate(undefined)}>
      {t("sessions.endOthers")}
    </Button>
  );
  return (
    <Part title={t("sessions.title")} text={t("sessions.text")} action={action}>
      <div className="lw-card">
        <Loaded query={query}>{({ items }) => <SessionTable items={items} />}</Loaded>
      </div>
    </Part>
  );
}

function SessionTable({ items }: { readonly items: readonly SessionView[] }) {
  const { t } = useTranslation();
  return (
    <ListTable
      minWidth={560}
      headings={[t("sessions.method"), t("sessions.signedIn"), t("members.lastSeen"), t("sessions.expires"), ""]}
    >
      {items.map((session) => (
        <SessionRow key={session.id} session={session} />
      ))}
    </ListTable>
  );
}

function SessionRow({ session }: { readonly session: SessionView }) {
  const { t } = useTranslation();
  const { id, method, createdAt, lastSeenAt, expiresAt, current } = session;
  const end = useEnd(`/api/account/sessions/${id}`);
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={8} wrap="nowrap" className="lw-nowrap">
          {t(`sessions.by.${method}`)}
          {current && <Badge size="sm">{t("sessions.current")}</Badge>}
        </Group>
      </Table.Td>
      <Table.Td c="dimmed">
        <Time at={createdAt} />
      </Table.Td>
      <Table.Td c="dimmed">
        <Time at={lastSeenAt} />
      </Table.Td>
      <Table.Td c="dimmed">
        <Time at={expiresAt} />
      </Table.Td>
      <Table.Td ta="right">
        {!current && (
          <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate(undefined)}>
            {t("sessions.end")}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
