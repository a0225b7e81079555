import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Template } from "../../workflows/flow/templates/template.js";
import { useLanguage } from "../flow/describe.js";
import { SystemMark, systemName } from "../ui/system-mark.js";

export function TemplateCard({ template }: { readonly template: Template }) {
  const { t } = useTranslation();
  const { id, systems, words } = template;
  const { title, summary } = words[useLanguage()];
  return (
    <li>
      <Link to="/templates/$id" params={{ id }} className="lw-card lw-template">
        <Text fw={600}>{title}</Text>
        <Text fz="sm" c="dimmed" className="lw-template-summary">
          {summary}
        </Text>
        <span className="lw-template-foot">
          {systems.map((system) => (
            <span key={system} role="img" aria-label={systemName(system)} title={systemName(system)}>
              <SystemMark kind={system} size={22} />
            </span>
          ))}
          <Text span fz={12} c="dimmed" className="lw-template-kinds">
            <Kinds template={template} />
          </Text>
        </span>
      </Link>
    </li>
  );

  function Kinds({ template: { metrics, ofEmployees } }: { readonly template: Template }) {
    const kinds =
      metrics.length === 0 ? t("templates.anyMetric") : metrics.map((metric) => t(`metric.${metric}`)).join(", ");
    return ofEmployees ? `${t("templates.employees")} · ${kinds}` : kinds;
  }
}
