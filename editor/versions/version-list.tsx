import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CountedVersion } from "../../server/flows/version-api.js";
import { formatNumber } from "../ui/format.js";
import { StateMark } from "../ui/state-mark.js";
import { Time } from "../ui/time.js";

interface Props {
  readonly flowId: string;
  readonly versions: readonly CountedVersion[];
  readonly chosen: string;
}

/** Newest first; the chosen one is an address of its own. */
export function VersionList({ flowId, versions, chosen }: Props) {
  const { t } = useTranslation();
  return (
    <nav className="lw-versions" aria-label={t("versions.title")}>
      <ol>
        {versions.map((version) => (
          <li key={version.id}>
            <Link
              to="/flows/$id/versions"
              params={{ id: flowId }}
              search={(now) => ({ ...now, version: version.id })}
              className="lw-version"
              aria-current={version.id === chosen ? "true" : undefined}
            >
              <Entry version={version} />
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Entry({
  version: { number, note, overrideReason, publishedBy, publishedAt, isLive, runs },
}: {
  version: CountedVersion;
}) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <span className="lw-version-head">
        <Text span fz="sm" fw={600}>
          {t("flows.version", { version: number })}
        </Text>
        {isLive && <StateMark state="live" plain />}
      </span>
      {note !== null && (
        <Text span fz="sm" className="lw-version-note">
          {note}
        </Text>
      )}
      {overrideReason !== null && (
        <Text span fz="sm" className="lw-version-note">
          {t("common.labelled", { label: t("versions.overridden"), text: overrideReason })}
        </Text>
      )}
      <Text span fz={12} c="dimmed">
        {publishedBy} · <Time at={publishedAt} /> ·{" "}
        {t("versions.runs", { count: runs, number: formatNumber(runs, i18n.language) })}
      </Text>
    </>
  );
}
