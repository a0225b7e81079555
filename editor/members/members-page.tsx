import { Button, Modal, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { Listed } from "../ui/listed.js";
import { Notice } from "../ui/notice.js";
import { Page } from "../ui/page.js";
import { Accounts } from "./accounts.js";
import { Invite } from "./invite.js";
import { MemberTable } from "./member-table.js";
import { Provider } from "./provider.js";
import { Teams } from "./teams.js";

export function MembersPage() {
  const { t } = useTranslation();
  const [isInviting, { open, close }] = useDisclosure(false);
  const query = useQuery(queries.members());
  const invite = (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      {t("members.invite")}
    </Button>
  );
  return (
    <Page title={t("nav.members")} lead={t("members.lead")} actions={invite}>
      <Stack gap="xl">
        <div className="lw-card">
          <Listed
            query={query}
            nothing={<Notice icon={IconUsers} title={t("members.none")} text={t("members.noneText")} />}
          >
            {(items) => <MemberTable items={items} />}
          </Listed>
        </div>
        <Teams />
        <Accounts />
        <Provider />
      </Stack>
      <Modal opened={isInviting} onClose={close} title={t("members.inviteTitle")} size="lg" closeOnClickOutside={false}>
        <Invite onDone={close} />
      </Modal>
    </Page>
  );
}
