import { Text, Title } from "@mantine/core";
import { IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";

/** Shown until all three were done once. */
export function FirstSteps() {
  const { t } = useTranslation();
  const mayManage = useMay()("connections:manage");
  const connections = useQuery({ ...queries.connections(), enabled: mayManage }).data?.items;
  const sources = useQuery({ ...queries.sources(), enabled: mayManage }).data?.items;
  const flows = useQuery(queries.flows()).data?.items;
  if (!connections || !sources || !flows) return null;
  const steps = [
    { name: "connect", to: "/connections", done: connections.length > 0 },
    { name: "listen", to: "/sources", done: sources.some(({ responses }) => responses > 0) },
    { name: "draw", to: "/flows", done: flows.some(({ version }) => version !== null) },
  ] as const;
  if (steps.every(({ done }) => done)) return null;
  return (
    <section aria-labelledby="first-steps">
      <Title order={2} id="first-steps" mb={10}>
        {t("home.firstSteps")}
      </Title>
      <ol className="lw-steps">
        {steps.map(({ name, to, done }) => (
          <li key={name}>
            <Link to={to} className="lw-card lw-step-card" data-done={done}>
              {done ? <IconCircleCheck size={20} stroke={1.7} /> : <IconCircleDashed size={20} stroke={1.7} />}
              <span>
                <Text fw={600}>{t(`home.step.${name}`)}</Text>
                <Text fz="sm" c="dimmed">
                  {t(`home.step.${name}Text`)}
                </Text>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
