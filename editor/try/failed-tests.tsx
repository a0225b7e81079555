import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NOTE_LENGTH } from "../../server/flows/flow-api.js";
import { failedTestsSchema } from "../../server/tries/flow-test-api.js";
import { Differences } from "./differences.js";
import { Dialog } from "../ui/dialog.js";

interface Props {
  readonly body: unknown;
  readonly onClose: () => void;
  readonly onOverride: (reason: string) => void;
}

/** Which tests keep a flow from being published, what is not as it was, and the way past them. */
export function FailedTests({ body, onClose, onOverride }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const tests = failedTestsSchema.safeParse(body).data?.tests ?? [];
  return (
    <Dialog onClose={onClose} title={t("flowTest.failed", { count: tests.length })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onOverride(reason.trim());
        }}
      >
        <Stack gap={10}>
          {tests.map(({ id, name, differences }) => (
            <div key={id}>
              <Text fz="sm" fw={600}>
                {name}
              </Text>
              <Differences differences={differences} />
            </div>
          ))}
          <TextInput
            label={t("flowTest.reason")}
            description={t("flowTest.reasonText")}
            maxLength={NOTE_LENGTH}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button type="submit" variant="default" disabled={reason.trim() === ""}>
              {t("flowTest.override")}
            </Button>
            <Button onClick={onClose}>{t("publish.mend")}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
