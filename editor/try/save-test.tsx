import { Button, Popover, Stack, Text, TextInput } from "@mantine/core";
import { IconTestPipe } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { flowTestSchema } from "../../server/tries/flow-test-api.js";
import { useChange } from "../api/change.js";
import { useFlow } from "../flow/store-context.js";
import type { Trying } from "./trying.js";

interface Props {
  readonly trying: Trying;
}

/** What this try does is expected from then on: publishing runs it again. */
export function SaveTest({ trying }: Props) {
  const { t } = useTranslation();
  const draft = useFlow((state) => state.draft);
  const [opened, setOpened] = useState(false);
  const save = useChange({
    schema: flowTestSchema,
    call: (name: string) => ({
      path: `/api/flows/${trying.flowId}/tests`,
      body: { name, draft, event: trying.chosen?.event, pins: trying.pins },
    }),
    renews: ["flowTests"],
    told: ({ name }) => t("flowTest.saved", { name }),
  });
  const close = () => setOpened(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" width={340} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconTestPipe size={14} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          {t("flowTest.save")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <NameForm isSaving={save.isPending} onSave={(name) => save.mutate(name, { onSuccess: close })} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface FormProps {
  readonly isSaving: boolean;
  readonly onSave: (name: string) => void;
}

function NameForm({ isSaving, onSave }: FormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave(name);
      }}
    >
      <Stack gap={8}>
        <TextInput
          size="xs"
          data-autofocus
          label={t("flowTest.name")}
          maxLength={120}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Text fz={12} c="dimmed">
          {t("flowTest.saveText")}
        </Text>
        <Button type="submit" size="xs" loading={isSaving} disabled={name.trim() === ""}>
          {t("flowTest.save")}
        </Button>
      </Stack>
    </form>
  );
}
