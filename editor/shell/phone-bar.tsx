import { ActionIcon, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { spotlight } from "@mantine/spotlight";
import { IconMenu2, IconSearch } from "@tabler/icons-react";
import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Me } from "../../server/members/member-api.js";
import { Brand } from "./brand.js";
import { Pages } from "./sidebar.js";
import { UserMenu } from "./user-menu.js";

/** On a phone the pages stand behind a button, so that each has the whole width; CSS shows either this or the sidebar. */
export function PhoneBar({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const at = useLocation({ select: ({ pathname }) => pathname });
  useEffect(close, [at, close]);
  return (
    <header className="lw-phone-bar">
      <ActionIcon variant="subtle" color="gray" size={40} aria-label={t("nav.open")} onClick={open}>
        <IconMenu2 size={20} stroke={1.8} />
      </ActionIcon>
      <Brand me={me} />
      <ActionIcon variant="subtle" color="gray" size={40} aria-label={t("nav.search")} onClick={() => spotlight.open()}>
        <IconSearch size={19} stroke={1.8} />
      </ActionIcon>
      <Drawer opened={opened} onClose={close} size={280} padding="sm" title={me.workspace.name}>
        <nav className="lw-drawer" aria-label={t("nav.main")}>
          <Pages />
          <UserMenu me={me} />
        </nav>
      </Drawer>
    </header>
  );
}
