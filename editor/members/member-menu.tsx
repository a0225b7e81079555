import { Menu, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAt, IconLink, IconUnlink, IconUserCheck, IconUserOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { emptySchema } from "../../server/http/common-api.js";
import { memberLinkSchema } from "../../server/members/member-api.js";
import type { Member } from "../../server/members/member-api.js";
import { useChange } from "../api/change.js";
import { askFirst } from "../ui/confirm.js";
import { MoreMenu } from "../ui/more-menu.js";
import { AddressModal } from "./address-modal.js";
import { useChangeMember } from "./change-member.js";
import { LinkOnce } from "./link-once.js";
import { useMemberName } from "./member-name.js";

interface Props {
  readonly member: Member;
  readonly isMe: boolean;
}

export function MemberMenu({ member, isMe }: Props) {
  const { t } = useTranslation();
  const name = useMemberName()(member);
  const link = useChange({
    schema: memberLinkSchema,
    call: () => ({ path: `/api/members/${member.id}/link` }),
    renews: ["member"],
  });
  const close = () => link.reset();
  const [isAddressed, address] = useDisclosure();
  return (
    <>
      <MoreMenu label={t("members.actionsFor", { name })} loading={link.isPending}>
        {member.active && (
          <Menu.Item leftSection={<IconLink size={16} />} onClick={() => link.mutate(undefined)}>
            {t("members.newLink")}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconAt size={16} />} onClick={address.open}>
          {t("members.changeEmail")}
        </Menu.Item>
        {member.isLinked && <UnlinkItem id={member.id} name={name} />}
        {!isMe && <AccessItem member={member} name={name} />}
      </MoreMenu>
      <AddressModal member={member} opened={isAddressed} onClose={address.close} />
      <Modal opened={link.isSuccess} onClose={close} title={t("members.newLink")} size="lg" closeOnClickOutside={false}>
        {link.data && <LinkOnce name={name} link={link.data} onDone={close} />}
      </Modal>
    </>
  );
}

function AccessItem({ member: { id, active }, name }: { readonly member: Member; readonly name: string }) {
  const { t } = useTranslation();
  const change = useChangeMember(id);
  const words = active ? "putOut" : "letIn";
  const ask = () =>
    askFirst({
      title: t(`members.${words}`),
      text: t(`members.${words}Text`, { name }),
      mild: !active,
      onConfirm: () => change.mutate({ active: !active }),
    });
  const Mark = active ? IconUserOff : IconUserCheck;
  return (
    <Menu.Item {...(active && { color: "red" })} leftSection={<Mark size={16} />} onClick={ask}>
      {t(`members.${words}`)}
    </Menu.Item>
  );
}

function UnlinkItem({ id, name }: { readonly id: string; readonly name: string }) {
  const { t } = useTranslation();
  const unlink = useChange({
    schema: emptySchema,
    call: () => ({ path: `/api/members/${id}/provider-link`, method: "DELETE" }),
    renews: ["member", "me"],
  });
  const ask = () =>
    askFirst({
      title: t("members.unlink"),
      text: t("members.unlinkText", { name }),
      onConfirm: () => unlink.mutate(undefined),
    });
  return (
    <Menu.Item leftSection={<IconUnlink size={16} />} onClick={ask}>
      {t("members.unlink")}
    </Menu.Item>
  );
}
