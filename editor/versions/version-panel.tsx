import { Button, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconRestore } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { isUnchanged } from "../../workflows/flow/diff.js";
import type { DrawnVersionView } from "../../server/flows/version-api.js";
import { useMay } from "../api/may.js";
import { Time } from "../ui/time.js";
import { Changes } from "./changes.js";
import type { Compared } from "./compared.js";
import { useRestore } from "./restoring.js";

export type Against = "before" | "draft";

interface Props {
  readonly flowId: string;
  readonly version: DrawnVersionView;
  readonly against: Against;
  readonly compared: Compared;
  readonly onAgainst: (against: Against) => void;
  readonly onChoose: (nodeId: string) => void;
}

/** Who published this version and why, and what is different, field by field. */
export function VersionPanel({ flowId, version, against, compared, onAgainst, onChoose }: Props) {
  const { t } = useTranslation();
  const mayEdit = useMay()("flows:edit");
  const restore = useRestore(flowId);
  const { number, note, overrideReason, publishedBy, publishedAt } = version;
  return (
    <aside className="lw-version-panel" aria-label={t("flows.version", { version: number })}>
      <Stack gap={14}>
        <div>
          <Text fw={600} component="h2" fz="md" m={0}>
            {t("flows.version", { version: number })}
          </Text>
          <Text fz={13} c="dimmed">
            {publishedBy} · <Time at={publishedAt} />
          </Text>
        </div>
        {note !== null && <Text fz="sm">{note}</Text>}
        {overrideReason !== null && (
          <Text fz="sm">
            <strong>{t("versions.overridden")}</strong>
            <br />
            {overrideReason}
          </Text>
        )}
        {mayEdit && (
          <Button variant="default" leftSection={<IconRestore size={16} />} onClick={() => restore(version)}>
            {t("versions.restore")}
          </Button>
        )}
        <SegmentedControl
          fullWidth
          value={against}
          onChange={onAgainst}
          aria-label={t("versions.against")}
          data={[
            { value: "before", label: t("versions.againstBefore") },
            { value: "draft", label: t("versions.againstDraft") },
          ]}
        />
        {isUnchanged(compared.diff) && (
          <Text fz="sm" c="dimmed">
            {t(against === "draft" ? "versions.sameAsDraft" : "versions.sameAsBefore")}
          </Text>
        )}
        <Changes {...compared} onChoose={onChoose} />
      </Stack>
    </aside>
  );
}
