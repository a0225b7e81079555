import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { invitedSchema } from "../../server/members/member-api.js";
import type { inviteSchema } from "../../server/members/member-api.js";
import { useChange } from "../api/change.js";
import { Refusal } from "../ui/refusal.js";
import { LinkOnce } from "./link-once.js";
import type { MemberLink } from "./link-once.js";
import { useRoleChoices } from "./role-choices.js";

type Values = z.input<typeof inviteSchema>;
interface Invited {
  readonly name: string;
  readonly link: MemberLink;
}

/** Two steps: say who it is, then hand the link over while it is on the screen. */
export function Invite({ onDone }: { readonly onDone: () => void }) {
  const [invited, setInvited] = useState<Invited | null>(null);
  return invited ? <LinkOnce {...invited} onDone={onDone} /> : <InviteForm onInvited={setInvited} />;
}

const useInvite = () =>
  useChange({
    schema: invitedSchema,
    call: (body: Values) => ({ path: "/api/members", body }),
    renews: ["member"],
    quiet: true,
  });

function InviteForm({ onInvited }: { readonly onInvited: (invited: Invited) => void }) {
  const { t } = useTranslation();
  const form = useForm<Values>({ initialValues: { name: "", email: "", role: "builder" } });
  const roles = useRoleChoices();
  const invite = useInvite();
  const submit = form.onSubmit((values) =>
    invite.mutate(values, { onSuccess: ({ link }) => onInvited({ name: values.name.trim(), link }) }),
  );
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text fz="sm" c="dimmed">
          {t("members.noMail")}
        </Text>
        <TextInput
          label={t("members.name")}
          required
          maxLength={120}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps("name")}
        />
        <TextInput
          type="email"
          label={t("members.email")}
          required
          maxLength={254}
          autoComplete="off"
          {...form.getInputProps("email")}
        />
        <Select
          label={t("members.role")}
          description={t(`members.may.${form.values.role}`)}
          inputWrapperOrder={["label", "input", "description", "error"]}
          allowDeselect={false}
          data={roles}
          {...form.getInputProps("role")}
        />
        <Refusal error={invite.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={invite.isPending}>
            {t("members.makeLink")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
