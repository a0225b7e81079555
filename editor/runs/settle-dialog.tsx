import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { runActionReplySchema } from "../../server/runs/run-api.js";
import { useChange } from "../api/change.js";
import { Dialog } from "../ui/dialog.js";

interface Props {
  readonly runId: string;
  readonly nodeId: string;
  readonly onClose: () => void;
}

/** A person looked over there and found it: the doubt is settled, nothing is sent. */
export function SettleDialog({ runId, nodeId, onClose }: Props) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { externalId: "", url: "" } });
  const settle = useChange({
    schema: runActionReplySchema,
    call: ({ externalId, url }: { externalId: string; url: string }) => ({
      path: `/api/runs/${runId}/steps/${nodeId}/settle`,
      body: { externalId, url: url === "" ? null : url },
    }),
    renews: ["run"],
  });
  return (
    <Dialog onClose={onClose} title={t("stuck.settle")}>
      <form onSubmit={form.onSubmit((values) => settle.mutate(values, { onSuccess: onClose }))}>
        <Stack>
          <Text fz="sm" c="dimmed">
            {t("stuck.settleText")}
          </Text>
          <TextInput label={t("stuck.externalId")} required data-autofocus {...form.getInputProps("externalId")} />
          <TextInput label={t("stuck.link")} type="url" placeholder="https://" {...form.getInputProps("url")} />
          <Group justify="flex-end">
            <Button type="submit" loading={settle.isPending}>
              {t("stuck.settleNow")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
