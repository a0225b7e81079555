import { Button, Group, Text } from "@mantine/core";
import { IconHandStop } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { FailureGroup } from "../../server/runs/run-group-api.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { useDescribe } from "../flow/describe.js";
import { LinkButton } from "../ui/links.js";
import { Time } from "../ui/time.js";
import { useResumeGroup } from "./resume-group.js";
import { useStuckWords } from "./stuck-words.js";

/** Why runs are stuck, with all that are stuck for one reason in one line: what is mended once is resumed once. */
export function FailureGroups({ flowId }: { readonly flowId: string | undefined }) {
  const { t } = useTranslation();
  const { data } = useQuery(queries.failureGroups(flowId));
  if (!data || data.items.length === 0) return null;
  return (
    <section className="lw-card lw-failures" aria-label={t("failures.label")}>
      <ul>
        {data.items.map((group) => (
          <GroupRow key={keyOf(group)} group={group} asOf={data.asOf} />
        ))}
      </ul>
      {!data.everything && (
        <Text fz={12} c="dimmed" px={18} pb={10}>
          {t("failures.more")}
        </Text>
      )}
    </section>
  );
}

const keyOf = ({ flowId, node, code, inDoubt }: FailureGroup): string =>
  [flowId, node.id, code, String(inDoubt)].join(" ");

function GroupRow({ group, asOf }: { readonly group: FailureGroup; readonly asOf: string }) {
  const { t } = useTranslation();
  const mayAct = useMay()("runs:act");
  const describe = useDescribe();
  const why = useStuckWords();
  const resume = useResumeGroup();
  const { flowId, flowName, node, code, inDoubt, runs, runId, since, message } = group;
  const position = { x: 0, y: 0 };
  return (
    <li data-tone={inDoubt ? "doubt" : "stuck"}>
      <IconHandStop size={17} stroke={1.8} aria-hidden />
      <div className="lw-failure-words">
        <Text fz="sm">
          <Text span inherit fw={600}>
            {t("failures.stuckAt", { count: runs, step: describe({ ...node, position }).title })}
          </Text>{" "}
          {inDoubt ? t("failures.inDoubt") : why({ code, message })}
        </Text>
        <Text fz={12} c="dimmed">
          {flowName} · {t("failures.since")} <Time at={since} />
        </Text>
      </div>
      <Group gap={8} wrap="nowrap">
        {mayAct && !inDoubt && (
          <Button
            size="xs"
            variant="default"
            loading={resume.isPending}
            onClick={() => resume.mutate({ flowId, nodeId: node.id, code, asOf })}
          >
            {t("failures.resume", { count: runs })}
          </Button>
        )}
        <LinkButton size="xs" variant="subtle" to="/runs/$id" params={{ id: runId }} search={{ step: node.id }}>
          {t("failures.open")}
        </LinkButton>
      </Group>
    </li>
  );
}
