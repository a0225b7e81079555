import { useTranslation } from "react-i18next";

/** "by peers"; empty where it is no review of a colleague. */
export function useRelation(): (relation: string | null) => string {
  const { t } = useTranslation();
  return (relation) =>
    relation === null ? "" : t(`employees.relation.${relation}` as "employees.relation.peer", relation);
}
