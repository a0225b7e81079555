import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { EffectView } from "../runs/effect-view.js";
import { LinkAnchor } from "../ui/links.js";

/** What came of a step that was done for real, as its run tells it. */
export function RealStepDone({ runId }: { readonly runId: string }) {
  const { t } = useTranslation();
  const { data: run } = useQuery(queries.run(runId));
  return (
    <Stack gap={8} role="group" aria-label={t("realStep.done")}>
      <div className="lw-overline">{t("realStep.done")}</div>
      {run ? (
        run.effects.map((effect) => <EffectView key={effect.id} effect={effect} />)
      ) : (
        <Text fz="sm">{t("realStep.asked")}</Text>
      )}
      <LinkAnchor fz="sm" to="/runs/$id" params={{ id: runId }}>
        {t("realStep.toRun")}
      </LinkAnchor>
    </Stack>
  );
}
