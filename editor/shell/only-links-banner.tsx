import { IconDoor } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { LinkAnchor } from "../ui/links.js";

/** Until an admin has more to sign in with than links of the command line. */
export function OnlyLinksBanner() {
  const { t } = useTranslation();
  return (
    <div className="lw-banner" role="status">
      <IconDoor size={15} stroke={1.8} aria-hidden />
      <span>{t("shell.onlyLinks")}</span>
      <LinkAnchor to="/account" fw={550} className="lw-banner-link">
        {t("shell.givePassword")}
      </LinkAnchor>
    </div>
  );
}
