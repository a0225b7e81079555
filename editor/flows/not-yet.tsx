import { Button, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import { useProblemWords } from "../flow/problem-words.js";
import { Dialog } from "../ui/dialog.js";

interface Props {
  readonly problems: readonly FlowProblem[];
  readonly onClose: () => void;
}

/** What is missing before it can go live. */
export function NotYet({ problems, onClose }: Props) {
  const { t } = useTranslation();
  const word = useProblemWords();
  return (
    <Dialog onClose={onClose} title={t("publish.notYet", { count: problems.length })}>
      <Stack gap={10}>
        {problems.map((problem, index) => (
          <Text key={index} fz="sm">
            • {word(problem)}
          </Text>
        ))}
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
