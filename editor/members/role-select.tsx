import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { roleSchema } from "../../server/members/member-api.js";
import type { Member, Role } from "../../server/members/member-api.js";
import { askFirst } from "../ui/confirm.js";
import { useChangeMember } from "./change-member.js";
import { useMemberName } from "./member-name.js";
import { useRoleChoices } from "./role-choices.js";

interface Props {
  readonly member: Member;
  readonly isMe: boolean;
}

/** A change of role ends the sessions of its member, so one's own is asked about first and leaves the page. */
export function RoleSelect({ member, isMe }: Props) {
  const { t } = useTranslation();
  const nameOf = useMemberName();
  const roles = useRoleChoices();
  const change = useChangeMember(member.id);
  const ask = (role: Role) =>
    askFirst({
      title: t("members.ownRole"),
      text: t("members.ownRoleText", { role: t(`role.${role}`) }),
      onConfirm: () => change.mutate({ role }, { onSuccess: () => location.assign("/") }),
    });
  const choose = (role: Role) => (isMe ? ask(role) : change.mutate({ role }));
  const shown = change.isPending ? (change.variables.role ?? member.role) : member.role;
  return (
    <Select
      size="xs"
      w={190}
      aria-label={t("members.roleOf", { name: nameOf(member) })}
      allowDeselect={false}
      disabled={change.isPending}
      data={roles}
      value={shown}
      onChange={(value) => {
        const role = roleSchema.safeParse(value).data;
        if (role !== undefined && role !== member.role) choose(role);
      }}
    />
  );
}
