import { Button, Table } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { replayedSchema } from "../../server/ingest/quarantine-api.js";
import type { quarantineSchema } from "../../server/ingest/quarantine-api.js";
import { useMay } from "../api/may.js";
import { useChange } from "../api/change.js";
import { queries } from "../api/queries.js";
import { ListTable } from "../ui/list-table.js";
import { Part } from "../ui/part.js";
import { Time } from "../ui/time.js";

type Held = z.infer<typeof quarantineSchema>;

/** Shown only while something is held: what could not be read, why, and the way to read it again. */
export function HeldEvents({ sourceId }: { readonly sourceId: string }) {
  const { t } = useTranslation();
  const items = (useQuery(queries.quarantine()).data?.items ?? []).filter(
    (held) => held.sourceId === sourceId && held.state === "held",
  );
  if (items.length === 0) return null;
  return (
    <Part title={t("sources.held", { count: items.length })} text={t("sources.heldText")}>
      <div className="lw-card">
        <ListTable headings={[{ w: 140, children: t("sources.received") }, t("sources.reason"), { w: 140 }]}>
          {items.map((held) => (
            <HeldRow key={held.id} held={held} />
          ))}
        </ListTable>
      </div>
    </Part>
  );
}

function HeldRow({ held }: { readonly held: Held }) {
  const { t } = useTranslation();
  const mayManage = useMay()("sources:manage");
  const replay = useChange({
    schema: replayedSchema,
    call: () => ({ path: `/api/quarantine/${held.id}/replay` }),
    renews: ["source", "feedback", "run"],
  });
  const tell = ({ eventId, runIds, reason }: z.infer<typeof replayedSchema>) =>
    notifications.show(
      eventId === null
        ? { title: t("sources.stillUnread"), message: reason ?? "", color: "yellow" }
        : { message: t("sources.replayed", { count: runIds.length }), color: "petrol" },
    );
  return (
    <Table.Tr>
      <Table.Td c="dimmed">
        <Time at={held.receivedAt} />
      </Table.Td>
      <Table.Td>{held.reason}</Table.Td>
      <Table.Td ta="right">
        <Button
          size="xs"
          variant="default"
          disabled={!mayManage}
          loading={replay.isPending}
          onClick={() => replay.mutate(undefined, { onSuccess: tell })}
        >
          {t("sources.replay")}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
