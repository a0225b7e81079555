import { Text, Tooltip } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { Time } from "../ui/time.js";

/** What vouches for the list above it. */
export function ChainLine() {
  const { t } = useTranslation();
  const { data: chain } = useQuery(queries.auditChain());
  if (!chain) return null;
  const { events, unchained, signed } = chain;
  return (
    <Text fz={13} c="dimmed" mt="sm" className="lw-audit-chain" component="div">
      <IconLink size={15} stroke={1.8} aria-hidden />
      <span>
        {t("audit.chained", { count: events })}
        {unchained > 0 && ` · ${t("audit.waiting", { count: unchained })}`}
        {" · "}
        {signed ? (
          <Tooltip
            multiline
            maw={420}
            label={t("audit.signedText", { keyId: signed.keyId, hash: signed.hash })}
            events={{ hover: true, focus: true, touch: true }}
          >
            <span tabIndex={0} className="lw-audit-signed">
              {t("audit.signed", { seq: signed.seq })} <Time at={signed.signedAt} />
            </span>
          </Tooltip>
        ) : (
          t("audit.unsigned")
        )}
      </span>
    </Text>
  );
}
