import { Anchor, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { AuditEvent } from "../../server/audit/audit-api.js";
import { ListTable } from "../ui/list-table.js";
import { Time } from "../ui/time.js";

export function AuditTable({ items }: { readonly items: readonly AuditEvent[] }) {
  const { t } = useTranslation();
  return (
    <ListTable minWidth={720} headings={[t("audit.when"), t("audit.who"), t("audit.what"), t("audit.about")]}>
      {items.map((event) => (
        <AuditRow key={event.id} event={event} />
      ))}
    </ListTable>
  );
}

function AuditRow({ event }: { readonly event: AuditEvent }) {
  const { t } = useTranslation();
  const details = Object.entries(event.data).filter(([, value]) => value !== null);
  return (
    <Table.Tr>
      <Table.Td c="dimmed" className="lw-nowrap">
        <Time at={event.at} />
      </Table.Td>
      <Table.Td>
        <Who event={event} />
      </Table.Td>
      <Table.Td>
        {t(`audit.action.${event.action}`)}
        {details.length > 0 && (
          <Text fz={12} c="dimmed" className="lw-audit-details">
            {details.map(([name, value]) => `${name} ${String(value)}`).join(" · ")}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Target target={event.target} />
      </Table.Td>
    </Table.Tr>
  );
}

function Who({ event: { actor } }: { readonly event: AuditEvent }) {
  const { t } = useTranslation();
  if (actor.id === null)
    return (
      <Text fz="sm" c="dimmed">
        {t("audit.product")}
      </Text>
    );
  return (
    <Anchor
      inherit
      underline="hover"
      renderRoot={(props) => <Link {...props} to="/audit" search={{ actorId: actor.id ?? undefined }} />}
    >
      {actor.name ?? t("audit.formerMember")}
    </Anchor>
  );
}

const targets = [
  "account",
  "approval",
  "connection",
  "contact",
  "erasure",
  "flow",
  "installation",
  "member",
  "notice",
  "quarantine",
  "run",
  "source",
  "team",
  "token",
  "tool_request",
  "workspace",
] as const;

/** Everything that was done to the same thing is a click away; the end of its id tells it from others. */
function Target({ target: { kind, id } }: { readonly target: AuditEvent["target"] }) {
  const { t } = useTranslation();
  const known = targets.find((one) => one === kind);
  return (
    <Anchor inherit underline="hover" renderRoot={(props) => <Link {...props} to="/audit" search={{ targetId: id }} />}>
      {known ? t(`audit.target.${known}`) : kind} <code className="lw-audit-id">…{id.slice(-6)}</code>
    </Anchor>
  );
}
