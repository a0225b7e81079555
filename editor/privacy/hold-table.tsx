import { Button, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { holdSchema, type Hold } from "../../server/holds/hold-api.js";
import { useChange } from "../api/change.js";
import { askFirst } from "../ui/confirm.js";
import { ListTable } from "../ui/list-table.js";
import { Time } from "../ui/time.js";

export function HoldTable({ holds }: { readonly holds: readonly Hold[] }) {
  const { t } = useTranslation();
  return (
    <section className="lw-card" aria-label={t("holds.title")}>
      <ListTable minWidth={760} headings={[t("holds.on"), t("holds.reason"), t("holds.since"), t("holds.by"), ""]}>
        {holds.map((hold) => (
          <HoldRow key={hold.id} hold={hold} />
        ))}
      </ListTable>
    </section>
  );
}

const kinds = { contact: "holds.person", source: "holds.source", workspace: "holds.workspace" } as const;

function HoldRow({ hold }: { readonly hold: Hold }) {
  const { t } = useTranslation();
  const { about, reason, placedAt, placedBy, liftedAt } = hold;
  const kind = t(kinds[about.kind]);
  return (
    <Table.Tr {...(liftedAt !== null && { c: "dimmed" })}>
      <Table.Td>
        <Text fz="sm" fw={550}>
          {about.name ?? kind}
        </Text>
        {about.name !== null && (
          <Text fz={12} c="dimmed">
            {kind}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{reason ?? t("holds.reasonGone")}</Table.Td>
      <Table.Td className="lw-nowrap">
        <Time at={placedAt} />
      </Table.Td>
      <Table.Td>{placedBy ?? "–"}</Table.Td>
      <Table.Td ta="right">
        {liftedAt === null ? (
          <Lift hold={hold} called={about.name ?? kind} />
        ) : (
          <Text fz="sm" c="dimmed">
            {t("holds.lifted")} <Time at={liftedAt} />
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Lift({ hold: { id }, called }: { readonly hold: Hold; readonly called: string }) {
  const { t } = useTranslation();
  const lift = useChange({
    schema: holdSchema,
    call: () => ({ path: `/api/privacy/holds/${id}/lift` }),
    renews: ["hold", "erasure"],
  });
  const ask = () =>
    askFirst({
      title: t("holds.liftOf", { name: called }),
      text: t("holds.liftAsk"),
      confirm: t("holds.lift"),
      onConfirm: () => lift.mutate(undefined),
    });
  return (
    <Button
      size="xs"
      variant="default"
      loading={lift.isPending}
      aria-label={t("holds.liftOf", { name: called })}
      onClick={ask}
    >
      {t("holds.lift")}
    </Button>
  );
}
