import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { useFlowStore } from "../flow/store-context.js";
import { Loaded } from "../ui/loading.js";
import { Time } from "../ui/time.js";
import type { Saving } from "./use-autosave.js";

interface Props {
  readonly flowId: string;
  readonly saving: Saving;
}

/** Two people saved on top of one revision. Nothing is sent until one of them chose; the other draft stays one undo away. */
export function ConflictDialog({ flowId, saving: { autosave } }: Props) {
  const { t } = useTranslation();
  const store = useFlowStore();
  const query = useQuery({ ...queries.flow(flowId), queryKey: ["conflict", flowId], staleTime: 0, gcTime: 0 });
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t("conflict.title")}
    >
      <Loaded query={query}>
        {({ draft, draftRevision, draftSavedBy, updatedAt }) => {
          const takeTheirs = () => {
            store.getState().edit(() => draft, { select: [] });
            autosave.resume(draftRevision, null);
          };
          const keepMine = () => autosave.resume(draftRevision, store.getState().draft);
          return (
            <Stack>
              <Text fz="sm">
                {t("conflict.text", { who: draftSavedBy ?? t("common.someone") })} (<Time at={updatedAt} />)
              </Text>
              <Group justify="flex-end">
                <Button variant="default" onClick={takeTheirs}>
                  {t("conflict.theirs")}
                </Button>
                <Button onClick={keepMine}>{t("conflict.mine")}</Button>
              </Group>
              <Text fz={12} c="dimmed">
                {t("conflict.undo")}
              </Text>
            </Stack>
          );
        }}
      </Loaded>
    </Modal>
  );
}
