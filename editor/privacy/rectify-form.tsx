import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { foundContactSchema, type FoundContact } from "../../server/people/people-api.js";
import { useChange } from "../api/change.js";
import { Refusal } from "../ui/refusal.js";

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

export function RectifyForm({ contact, onDone }: { readonly contact: FoundContact; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { name, email, phone } = contact;
  const form = useForm({ initialValues: { name: name ?? "", email: email ?? "", phone: phone ?? "" } });
  const save = useChange({
    schema: foundContactSchema,
    call: (values: { name: string; email: string; phone: string }) => ({
      path: `/api/privacy/contacts/${contact.id}`,
      method: "PATCH",
      body: { name: orNull(values.name), email: orNull(values.email), phone: orNull(values.phone) },
    }),
    renews: ["run", "feedback"],
    quiet: true,
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values, { onSuccess: onDone }))}>
      <Stack>
        <Text fz="sm" c="dimmed">
          {t("privacy.rectifyText")}
        </Text>
        <TextInput label={t("members.name")} maxLength={200} autoComplete="off" {...form.getInputProps("name")} />
        <TextInput
          type="email"
          label={t("members.email")}
          maxLength={320}
          autoComplete="off"
          {...form.getInputProps("email")}
        />
        <TextInput label={t("privacy.phone")} maxLength={40} autoComplete="off" {...form.getInputProps("phone")} />
        <Refusal error={save.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t("common.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
