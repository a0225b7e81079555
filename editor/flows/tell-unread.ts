import { notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { KeptDrafts } from "../flow/kept-drafts.js";

/** Says so where something of this flow is kept that cannot be read here, once a page. */
export function useTellUnread(kept: KeptDrafts): void {
  const { t } = useTranslation();
  useEffect(() => {
    if (kept.hasUnread()) notifications.show({ message: t("presence.unread"), color: "petrol", autoClose: false });
  }, [kept, t]);
}
