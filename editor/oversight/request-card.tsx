import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RequestState, ToolRequest } from "../../server/oversight/request-api.js";
import { StateMark, type ShownState } from "../ui/state-mark.js";
import { Time } from "../ui/time.js";
import { Decide } from "./decide.js";

const marks: Readonly<Record<RequestState, ShownState>> = {
  open: "askedFor",
  approved: "approved",
  declined: "rejected",
  done: "done",
};

/** What was asked, by whom, and what became of it. */
export function RequestCard({ request }: { readonly request: ToolRequest }) {
  const { t } = useTranslation();
  const { kind, name, purpose, lawfulBasis, dataClasses, dataSubjects, why, state, askedByName, askedAt } = request;
  const audience = [
    t(`oversight.basis.${lawfulBasis}`),
    ...dataSubjects.map((one) => t(`oversight.subject.${one}`)),
    ...dataClasses.map((one) => t(`oversight.data.${one}`)),
  ];
  return (
    <article className="lw-card" aria-label={name}>
      <Stack p="md" gap={6}>
        <Group justify="space-between">
          <Text fw={550}>
            {name}{" "}
            <Text span fz={12} c="dimmed" fw={400}>
              {t(`oversight.kind.${kind}`)}
            </Text>
          </Text>
          <StateMark state={marks[state]} word={t(`oversight.requestState.${state}`)} />
        </Group>
        <Text fz={12} c="dimmed">
          {askedByName ?? t("oversight.unnamedOwner")} · <Time at={askedAt} />
        </Text>
        <Text fz="sm">{purpose}</Text>
        <Text fz="sm">{why}</Text>
        <Text fz="sm" c="dimmed">
          {audience.join(" · ")}
        </Text>
        {request.reason !== null && (
          <Text fz="sm">
            {t("common.labelled", {
              label: request.decidedByName ?? t("oversight.unnamedOwner"),
              text: request.reason,
            })}
          </Text>
        )}
        <Decide request={request} />
      </Stack>
    </article>
  );
}
