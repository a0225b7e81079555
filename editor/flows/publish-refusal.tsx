import { Button, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { notPublishableSchema } from "../../server/flows/flow-api.js";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import { ApiError } from "../api/client.js";
import { FailedTests } from "../try/failed-tests.js";
import { useProblemWords } from "../flow/problem-words.js";

/** Why it was not published, where a refusal tells more than a sentence: by its code, from what stands in its body. */
const shown: Readonly<Record<string, (refused: Refused) => ReactNode>> = {
  flow_not_publishable: Problems,
  flow_tests_failed: FailedTests,
};

interface Refused {
  readonly body: unknown;
  readonly onClose: () => void;
  /** Publishes all the same. */
  readonly onOverride: (reason: string) => void;
}

export const isShown = (error: unknown): error is ApiError =>
  error instanceof ApiError && Object.hasOwn(shown, error.problem.code);

/** In the place of the dialog to publish. */
export function PublishRefusal({ error, ...rest }: Omit<Refused, "body"> & { readonly error: ApiError | null }) {
  const Shown = error && shown[error.problem.code];
  return Shown ? <Shown body={error.body} {...rest} /> : null;
}

function Problems({ body, onClose }: Pick<Refused, "body" | "onClose">) {
  const { t } = useTranslation();
  const word = useProblemWords();
  const problems: readonly FlowProblem[] = notPublishableSchema.safeParse(body).data?.problems ?? [];
  return (
    <Modal opened onClose={onClose} title={t("publish.notYet", { count: problems.length })}>
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
    </Modal>
  );
}
