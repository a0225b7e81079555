import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { runActionReplySchema } from "../../server/runs/run-api.js";
import type { EffectView } from "../../server/runs/run-api.js";
import { useChange } from "../api/change.js";
import { useCatalogue } from "../flow/catalogue.js";
import { Dialog } from "../ui/dialog.js";
import { readFields } from "../ui/form-fields.js";
import { SchemaForm } from "../ui/schema-form.js";

interface Props {
  readonly runId: string;
  readonly effect: EffectView;
  readonly onClose: () => void;
}

/** The request as it was rendered, to be mended and sent as a new try. Nothing of the refused one exists over there. */
export function RetryDialog({ runId, effect, onClose }: Props) {
  const { t } = useTranslation();
  const { actions } = useCatalogue();
  const action = actions.find(({ ref }) => ref === effect.action);
  const [input, setInput] = useState(effect.request ?? {});
  const retry = useChange({
    schema: runActionReplySchema,
    call: () => ({ path: `/api/runs/${runId}/steps/${effect.nodeId}/retry`, body: { input } }),
    renews: ["run"],
  });
  return (
    <Dialog onClose={onClose} title={t("stuck.change")} size="lg">
      <Stack>
        <Text fz="sm" c="dimmed">
          {t("stuck.changeText")}
        </Text>
        <SchemaForm fields={readFields(action?.inputSchema ?? {})} values={input} onChange={setInput} />
        <Group justify="flex-end">
          <Button loading={retry.isPending} onClick={() => retry.mutate(undefined, { onSuccess: onClose })}>
            {t("stuck.retryChanged")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
