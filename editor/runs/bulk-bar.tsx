import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { manyDoneSchema } from "../../server/runs/run-group-api.js";
import { request } from "../api/client.js";
import { askFirst } from "../ui/confirm.js";
import { useTellError } from "../ui/tell-error.js";

type Deed = "cancel" | "retry";
/** So many the API takes at once. */
const BATCH = 100;

async function doAll({ deed, ids }: { readonly deed: Deed; readonly ids: readonly string[] }) {
  const sum = { done: 0, refused: 0 };
  for (let from = 0; from < ids.length; from += BATCH) {
    const body = { deed, runIds: ids.slice(from, from + BATCH) };
    const { done, refused } = await request(manyDoneSchema, "/api/runs/many", { method: "POST", body });
    sum.done += done;
    sum.refused += refused.length;
  }
  return sum;
}

function useDeed(onDone: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const tellError = useTellError();
  return useMutation({
    mutationFn: doAll,
    onSuccess: ({ done, refused }, { deed }) => {
      const told = [
        t(`manyRuns.${deed}Done`, { count: done }),
        refused > 0 ? t("manyRuns.left", { count: refused }) : "",
      ];
      notifications.show({ message: told.join(" "), color: "petrol" });
      onDone();
    },
    onError: tellError,
    onSettled: () => client.invalidateQueries({ queryKey: ["run"] }),
  });
}

interface Props {
  readonly ids: readonly string[];
  readonly onDone: () => void;
}

/** What can be done to all runs that were chosen, at the bottom while some are. */
export function BulkBar({ ids, onDone }: Props) {
  const { t } = useTranslation();
  const deed = useDeed(onDone);
  const count = ids.length;
  if (count === 0) return null;
  const cancel = () =>
    askFirst({
      title: t("manyRuns.cancel", { count }),
      text: t("runs.cancelText"),
      cancel: t("runs.keep"),
      onConfirm: () => deed.mutate({ deed: "cancel", ids }),
    });
  return (
    <Group gap={10} className="lw-bulk" role="region" aria-label={t("manyRuns.label")}>
      <Text fz="sm" fw={550} aria-live="polite">
        {t("manyRuns.chosen", { count })}
      </Text>
      <Button size="xs" loading={deed.isPending} onClick={() => deed.mutate({ deed: "retry", ids })}>
        {t("stuck.retry")}
      </Button>
      <Button size="xs" variant="default" disabled={deed.isPending} onClick={cancel}>
        {t("manyRuns.cancel", { count })}
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={onDone}>
        {t("manyRuns.clear")}
      </Button>
    </Group>
  );
}
