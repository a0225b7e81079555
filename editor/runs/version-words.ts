import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../server/runs/run-api.js";

/** What a run goes by: "Version 3", or that it is one step alone. */
export function useVersionWords(): (run: Pick<RunSummary, "version">) => string {
  const { t } = useTranslation();
  return ({ version }) => (version === null ? t("runs.oneStep") : t("flows.version", { version }));
}
