import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { flowDetailSchema } from "../../server/flows/flow-api.js";
import { useChange } from "../api/change.js";
import { newDraft } from "../flow/new-draft.js";
import { Hint } from "../ui/hint.js";
import { useErrorWords } from "../ui/error-words.js";

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function NewFlow({ opened, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t("flows.new")}>
      <NewFlowForm />
    </Modal>
  );
}

function NewFlowForm() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const wordsOf = useErrorWords();
  const form = useForm({ initialValues: { name: "" } });
  const create = useChange({
    schema: flowDetailSchema,
    call: ({ name }: { name: string }) => ({ path: "/api/flows", body: { name, draft: newDraft() } }),
    renews: ["flow"],
    quiet: true,
  });
  const submit = form.onSubmit((values) =>
    create.mutate(values, { onSuccess: ({ id }) => void navigate({ to: "/flows/$id", params: { id } }) }),
  );
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t("flows.name")}
          description={t("flows.nameText")}
          placeholder={t("flows.example.callback")}
          required
          maxLength={120}
          data-autofocus
          {...form.getInputProps("name")}
        />
        {create.error && <Hint tone="failed">{wordsOf(create.error).text}</Hint>}
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t("flows.create")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
