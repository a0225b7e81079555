import { Group, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Risk } from "../../server/oversight/oversight-api.js";
import { StateMark } from "../ui/state-mark.js";

/** What is wrong, what weighs most first, each with what to do. */
export function Reasons({ risk: { band, points, reasons } }: { readonly risk: Risk }) {
  const { t } = useTranslation();
  return (
    <section>
      <Group justify="space-between" mb={8}>
        <Title order={3}>{t("oversight.reasons")}</Title>
        <Group gap={8}>
          <StateMark
            state={band}
            word={t("common.labelled", { label: t("oversight.risk"), text: t(`state.${band}`) })}
          />
          <Text fz={12} c="dimmed" className="lw-numbers">
            {t("oversight.points", { points })}
          </Text>
        </Group>
      </Group>
      {reasons.length === 0 && <Text fz="sm">{t("oversight.inOrder")}</Text>}
      <Stack gap="sm">
        {reasons.map(({ code, points: weight }) => (
          <div key={code} className="lw-risk-reason">
            <Group justify="space-between" wrap="nowrap" align="baseline">
              <Text fz="sm" fw={550}>
                {t(`oversight.reason.${code}.what`)}
              </Text>
              <Text fz={12} c="dimmed" className="lw-numbers">
                +{weight}
              </Text>
            </Group>
            <Text fz="sm" c="dimmed">
              {t(`oversight.reason.${code}.todo`)}
            </Text>
          </div>
        ))}
      </Stack>
    </section>
  );
}
