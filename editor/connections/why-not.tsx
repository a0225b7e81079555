import { Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ConnectionView } from "../../server/connections/connection-api.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { Time } from "../ui/time.js";
import { useReasonWords } from "./reason-words.js";

interface Props {
  readonly connection: ConnectionView;
}

/** Why nothing goes through it; of a pause, who and since when. */
export function WhyNot({ connection }: Props) {
  const { t } = useTranslation();
  const reason = useReasonWords()(connection);
  const pause = usePause(connection);
  const who = pause?.actor.name;
  if (reason === null) return null;
  return (
    <Text fz="sm" c="var(--lw-stuck)">
      {pause && typeof who === "string" ? (
        <>
          {t("connections.pausedBy", { who })}, <Time at={pause.at} />. {t("connections.pausedMeans")}
        </>
      ) : (
        reason
      )}
    </Text>
  );
}

/** The audit knows it, for those who may read the audit. */
function usePause({ id, state }: ConnectionView) {
  const mayRead = useMay()("audit:read");
  const last = useInfiniteQuery({
    ...queries.audit({ action: "connection.paused", targetId: id }),
    enabled: state === "paused" && mayRead,
  });
  return state === "paused" ? last.data?.pages[0]?.items[0] : undefined;
}
