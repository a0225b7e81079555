import { ActionIcon, Group, Text } from "@mantine/core";
import {
  IconArrowLeft,
  IconCircleCheck,
  IconCloudOff,
  IconGitMerge,
  IconLoader2,
  IconAlertTriangle,
} from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { FlowDetail } from "../../server/flows/flow-api.js";
import type { Presence } from "../../server/presence/presence-api.js";
import type { SaveStatus } from "../flow/autosave.js";
import { useMay } from "../api/may.js";
import { Faces } from "../presence/faces.js";
import { useIsLookingOn, useMayEdit } from "../presence/looking-on.js";
import { useErrorWords } from "../ui/error-words.js";
import { StateMark } from "../ui/state-mark.js";
import { RunNow } from "../starts/run-now.js";
import { FlowMenu } from "./flow-menu.js";
import { FlowName } from "./flow-name.js";
import { ProblemList } from "./problem-list.js";
import { PublishButton } from "./publish-button.js";
import type { Saving } from "./use-autosave.js";
import type { CheckedDraft } from "./use-checked.js";

interface Props {
  readonly flow: FlowDetail;
  readonly saving: Saving;
  readonly checked: CheckedDraft;
  readonly others: Presence["others"];
}

/** Not drawn again by what is typed into a step. */
export const FlowHeader = memo(function FlowHeader({ flow, saving, checked, others }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const mayEdit = useMayEdit();
  const isLookingOn = useIsLookingOn();
  const { version, state } = flow;
  return (
    <header className="lw-flow-head">
      <ActionIcon component={Link} to="/flows" variant="subtle" color="gray" aria-label={t("flows.back")}>
        <IconArrowLeft size={18} stroke={1.8} />
      </ActionIcon>
      <FlowName flow={flow} />
      <Group gap={10} wrap="nowrap" flex="none">
        <StateMark state={state} />
        {version !== null && (
          <Text fz="sm" c="dimmed" className="lw-numbers lw-flow-version">
            {t("flows.version", { version })}
          </Text>
        )}
      </Group>
      <div className="lw-flow-gap" />
      <Faces others={others} />
      {mayEdit && (
        <>
          <SaveMark status={saving.status} />
          <ProblemList checked={checked} />
        </>
      )}
      <RunNow flow={flow} />
      <FlowMenu flow={flow} />
      {may("flows:publish") && !isLookingOn && (
        <PublishButton flow={flow} saving={saving} fourEyes={checked.fourEyes} />
      )}
    </header>
  );
});

const marks: Readonly<Record<SaveStatus["kind"], { icon: Icon; tone: string }>> = {
  saved: { icon: IconCircleCheck, tone: "faint" },
  saving: { icon: IconLoader2, tone: "faint" },
  offline: { icon: IconCloudOff, tone: "stuck" },
  conflict: { icon: IconGitMerge, tone: "stuck" },
  taken: { icon: IconCloudOff, tone: "stuck" },
  refused: { icon: IconAlertTriangle, tone: "failed" },
};

function SaveMark({ status }: { readonly status: SaveStatus }) {
  const { t } = useTranslation();
  const wordsOf = useErrorWords();
  const { icon: Mark, tone } = marks[status.kind];
  return (
    <span className="lw-save" role="status" data-tone={tone}>
      <Mark size={15} stroke={1.8} aria-hidden />
      {status.kind === "refused" ? wordsOf(status.error).text : t(`save.${status.kind}`)}
    </span>
  );
}
