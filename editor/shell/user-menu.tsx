import { Avatar, Menu, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import type { MantineColorScheme } from "@mantine/core";
import {
  IconCheck,
  IconDeviceDesktop,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconRoute2,
  IconSelector,
  IconSun,
  IconUserCircle,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { emptySchema } from "../../server/http/common-api.js";
import type { Me } from "../../server/members/member-api.js";
import { request } from "../api/client.js";
import { chooseLanguage, languages } from "../i18n/index.js";
import type { Language } from "../i18n/index.js";
import { tourOf } from "../tour/tour-store.js";
import { LinkMenuItem } from "../ui/links.js";
import { openKeyHelp } from "./key-help.js";

const schemes = [
  { scheme: "auto", icon: IconDeviceDesktop },
  { scheme: "light", icon: IconSun },
  { scheme: "dark", icon: IconMoon },
] as const satisfies readonly { scheme: MantineColorScheme; icon: unknown }[];
const languageCodes = ["en", "fr"] as const satisfies readonly Language[];

async function signOut(): Promise<void> {
  await request(emptySchema, "/api/session", { method: "DELETE" });
  location.assign("/");
}

const tick = (on: boolean) => (on ? <IconCheck size={15} aria-hidden /> : null);

export function UserMenu({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  return (
    <Menu position="top-start" width={216} shadow="md" withinPortal>
      <Menu.Target>
        <UnstyledButton className="lw-user">
          <Avatar size={28} radius="xl" name={me.member.name} color="petrol" />
          <span className="lw-user-name">
            <Text fz="sm" fw={550} truncate lh={1.3}>
              {me.member.name}
            </Text>
            <Text fz={12} c="dimmed" lh={1.3}>
              {me.member.role !== null && t(`role.${me.member.role}`)}
            </Text>
          </span>
          <IconSelector size={15} stroke={1.7} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <LinkMenuItem to="/account" leftSection={<IconUserCircle size={16} stroke={1.7} />}>
          {t("shell.account")}
        </LinkMenuItem>
        <Menu.Divider />
        <LanguageItems />
        <Menu.Divider />
        <SchemeItems />
        <Menu.Divider />
        {me.sandbox && (
          <Menu.Item leftSection={<IconRoute2 size={16} stroke={1.7} />} onClick={tourOf(me.member.id).restart}>
            {t("tour.restart")}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.7} />} onClick={() => openKeyHelp(t)}>
          {t("shell.allKeys")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={() => void signOut()}>
          {t("shell.signOut")}
        </Menu.Item>
        <Menu.Divider />
        <Text fz={12} c="dimmed" px={12} py={4}>
          Loopwright {me.version}
        </Text>
      </Menu.Dropdown>
    </Menu>
  );
}

function LanguageItems() {
  const { t, i18n } = useTranslation();
  return (
    <>
      <Menu.Label>{t("shell.language")}</Menu.Label>
      {languageCodes.map((code) => (
        <Menu.Item
          key={code}
          lang={code}
          leftSection={<IconLanguage size={16} stroke={1.7} />}
          rightSection={tick(i18n.language === code)}
          onClick={() => void chooseLanguage(code)}
        >
          {languages[code]}
        </Menu.Item>
      ))}
    </>
  );
}

function SchemeItems() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t("shell.appearance")}</Menu.Label>
      {schemes.map(({ scheme, icon: Mark }) => (
        <Menu.Item
          key={scheme}
          leftSection={<Mark size={16} stroke={1.7} />}
          rightSection={tick(colorScheme === scheme)}
          onClick={() => setColorScheme(scheme)}
        >
          {t(`shell.scheme.${scheme}`)}
        </Menu.Item>
      ))}
    </>
  );
}
