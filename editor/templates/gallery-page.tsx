import { Button, NativeSelect, Text, TextInput } from "@mantine/core";
import { IconSearch, IconTemplate } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { templates } from "../../workflows/flow/templates/index.js";
import { systems, templateMetrics } from "../../workflows/flow/templates/template.js";
import { useLanguage } from "../flow/describe.js";
import { LinkAnchor } from "../ui/links.js";
import { Notice } from "../ui/notice.js";
import { Page } from "../ui/page.js";
import { systemName } from "../ui/system-mark.js";
import { fitting, type TemplateFilter } from "./fitting.js";
import { TemplateCard } from "./template-card.js";
import "./templates.css";

/** Which templates there are. What is filtered by stands in the address, so that one finds back. */
export function GalleryPage() {
  const { t } = useTranslation();
  const filter = useSearch({ from: "/templates" });
  const navigate = useNavigate();
  const show = (search: TemplateFilter) => void navigate({ to: "/templates", search, replace: true });
  const shown = fitting(templates, filter, useLanguage());
  return (
    <Page
      title={t("templates.title")}
      lead={t("templates.lead")}
      back={<LinkAnchor to="/flows">{t("nav.flows")}</LinkAnchor>}
    >
      <Filters filter={filter} onChange={show} />
      <Text fz="sm" c="dimmed" role="status" mb={10}>
        {t("templates.count", { count: shown.length })}
      </Text>
      {shown.length === 0 ? (
        <div className="lw-card">
          <Notice
            icon={IconTemplate}
            title={t("templates.none")}
            text={t("templates.noneText")}
            action={
              <Button variant="default" onClick={() => show({})}>
                {t("templates.clear")}
              </Button>
            }
          />
        </div>
      ) : (
        <ul className="lw-templates">
          {shown.map((template) => (
            <TemplateCard key={template.id} template={template} />
          ))}
        </ul>
      )}
    </Page>
  );
}

interface Props {
  readonly filter: TemplateFilter;
  readonly onChange: (filter: TemplateFilter) => void;
}

function Filters({ filter, onChange }: Props) {
  const { t } = useTranslation();
  const { words, system, metric } = filter;
  return (
    <div className="lw-template-filters" role="search">
      <TextInput
        aria-label={t("templates.search")}
        placeholder={t("templates.search")}
        leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
        maxLength={80}
        value={words ?? ""}
        onChange={({ currentTarget }) => onChange({ ...filter, words: currentTarget.value || undefined })}
      />
      <NativeSelect
        aria-label={t("templates.system")}
        data={[
          { value: "", label: t("templates.anySystem") },
          ...systems.map((value) => ({ value, label: systemName(value) })),
        ]}
        value={system ?? ""}
        onChange={({ currentTarget }) =>
          onChange({ ...filter, system: systems.find((one) => one === currentTarget.value) })
        }
      />
      <NativeSelect
        aria-label={t("templates.metric")}
        data={[
          { value: "", label: t("templates.anyMetric") },
          ...templateMetrics.map((value) => ({ value, label: t(`metric.${value}`) })),
        ]}
        value={metric ?? ""}
        onChange={({ currentTarget }) =>
          onChange({ ...filter, metric: templateMetrics.find((one) => one === currentTarget.value) })
        }
      />
    </div>
  );
}
