import { Button, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import { Dialog } from "../ui/dialog.js";
import { ProblemRow } from "./problem-list.js";

interface Props {
  readonly problems: readonly FlowProblem[];
  readonly onClose: () => void;
}

/** What is missing before it can go live; each leads to its step and field. */
export function NotYet({ problems, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog onClose={onClose} title={t("publish.notYet", { count: problems.length })}>
      <Stack gap={10}>
        <div>
          {problems.map((problem, index) => (
            <ProblemRow key={index} problem={problem} onGo={onClose} />
          ))}
        </div>
        <Text fz="sm" c="dimmed">
          {t("publish.notYetText")}
        </Text>
        <Button variant="default" onClick={onClose}>
          {t("publish.mend")}
        </Button>
      </Stack>
    </Dialog>
  );
}
