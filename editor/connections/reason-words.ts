import { useTranslation } from "react-i18next";
import type { ConnectionView } from "../../server/connections/connection-api.js";
import { systemName } from "../ui/system-mark.js";

type Told = Pick<ConnectionView, "state" | "connector" | "reasonCode">;

/**
 * Why nothing goes through a connection, and what to do; null where something does. From the code: the API's own `reason` is English,
 * and names system and code inside its sentence.
 */
export function useReasonWords(): (connection: Told) => string | null {
  const { t } = useTranslation();
  return ({ state, connector, reasonCode }) => {
    if (state === "ok") return null;
    if (state === "paused") return t("connections.paused");
    const system = systemName(connector);
    return reasonCode === null || reasonCode === "auth_refused"
      ? t("connections.refused", { system })
      : t("connections.refusedCode", { system, code: reasonCode });
  };
}
