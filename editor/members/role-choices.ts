import { useTranslation } from "react-i18next";
import { roleSchema } from "../../server/members/member-api.js";
import type { Role } from "../../server/members/member-api.js";

interface Choice {
  readonly value: Role;
  readonly label: string;
}

/** The roles, as lists to choose from show them. */
export function useRoleChoices(): Choice[] {
  const { t } = useTranslation();
  return roleSchema.options.map((value) => ({ value, label: t(`role.${value}`) }));
}
