import { Button, Modal, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { notPublishableSchema, publishedSchema } from "../../server/flows/flow-api.js";
import type { FlowDetail, FlowProblem, FourEyes } from "../../server/flows/flow-api.js";
import { ApiError, request } from "../api/client.js";
import { queries } from "../api/queries.js";
import { useErrorWords } from "../ui/error-words.js";
import { useProblemWords } from "../flow/problem-words.js";
import { useFlowStore } from "../flow/store-context.js";
import { NotYours } from "./not-yours.js";
import type { Saving } from "./use-autosave.js";

interface Props {
  readonly flow: FlowDetail;
  readonly saving: Saving;
  readonly fourEyes: FourEyes;
}

function problemsOf(error: unknown): readonly FlowProblem[] {
  if (!(error instanceof ApiError) || error.problem.code !== "flow_not_publishable") return [];
  return notPublishableSchema.safeParse(error.body).data?.problems ?? [];
}

export function PublishButton({ fourEyes, ...props }: Props) {
  const { flow, saving } = props;
  // What is not saved yet is one's own last change already.
  const isOwn = fourEyes === "closed" || (fourEyes === "open" && saving.status.kind !== "saved");
  return isOwn && isChanged(flow, saving) ? <NotYours /> : <Publish {...props} />;
}

/** Publishes exactly what is on the screen: what is not saved yet is saved first. */
function Publish({ flow, saving }: Omit<Props, "fourEyes">) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const store = useFlowStore();
  const wordsOf = useErrorWords();
  const [refused, setRefused] = useState<readonly FlowProblem[]>([]);
  const publish = useMutation({
    mutationFn: async () => {
      store.getState().tryPublishing();
      await saving.autosave.flush();
      const body = { revision: saving.autosave.revision() };
      return request(publishedSchema, `/api/flows/${flow.id}/publish`, { method: "POST", body });
    },
    onSuccess: async ({ version }) => {
      notifications.show({ color: "petrol", message: t("publish.done", { version }) });
      await client.invalidateQueries({ queryKey: ["flow"] });
    },
    onError: (error) => {
      const problems = problemsOf(error);
      setRefused(problems);
      void client.invalidateQueries({ queryKey: queries.check(flow.id, saving.revision).queryKey });
      if (problems.length > 0) return;
      const { title, text } = wordsOf(error);
      notifications.show({ title, message: text, color: "red", autoClose: 10_000 });
    },
  });
  return (
    <>
      <Button loading={publish.isPending} disabled={!canPublish(flow, saving)} onClick={() => publish.mutate()}>
        {t(labelFor(flow, saving))}
      </Button>
      <Refused problems={refused} onClose={() => setRefused([])} />
    </>
  );
}

/** Also what was never published. */
const isChanged = (flow: FlowDetail, { status, revision }: Saving) =>
  flow.version === null || flow.unpublishedChanges || revision !== flow.draftRevision || status.kind !== "saved";

const canPublish = (flow: FlowDetail, saving: Saving) =>
  isChanged(flow, saving) && (saving.status.kind === "saved" || saving.status.kind === "saving");

function labelFor(flow: FlowDetail, saving: Saving) {
  if (flow.version === null) return "publish.publish";
  return isChanged(flow, saving) ? "publish.publishAgain" : "publish.published";
}

function Refused({ problems, onClose }: { readonly problems: readonly FlowProblem[]; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const word = useProblemWords();
  return (
    <Modal opened={problems.length > 0} onClose={onClose} title={t("publish.notYet", { count: problems.length })}>
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
