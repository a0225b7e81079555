import { useTranslation } from "react-i18next";
import type { Member } from "../../server/members/member-api.js";

/** Where the key of a name is gone, somebody still did what they did. */
export function useMemberName(): (member: Member) => string {
  const { t } = useTranslation();
  return ({ name }) => name ?? t("audit.formerMember");
}
