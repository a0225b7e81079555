import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { Member } from "../../server/members/member-api.js";
import { Refusal } from "../ui/refusal.js";
import { useChangeMember } from "./change-member.js";

interface Props {
  readonly member: Member;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Where a provider or a directory goes by addresses, nobody else gives a member another. */
export function AddressModal({ member, opened, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t("members.changeEmail")}>
      <AddressForm member={member} onClose={onClose} />
    </Modal>
  );
}

function AddressForm({ member: { id, email }, onClose }: Omit<Props, "opened">) {
  const { t } = useTranslation();
  const change = useChangeMember(id, { quiet: true });
  const form = useForm({ initialValues: { email: email ?? "" } });
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values, { onSuccess: onClose }))}>
      <Stack>
        <TextInput
          type="email"
          label={t("members.email")}
          description={t("members.changeEmailText")}
          required
          maxLength={254}
          data-autofocus
          {...form.getInputProps("email")}
        />
        <Refusal error={change.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" disabled={!form.isDirty()} loading={change.isPending}>
            {t("common.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
