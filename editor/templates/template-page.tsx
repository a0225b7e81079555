import { Button, Text, Title } from "@mantine/core";
import { IconTemplateOff } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { templates } from "../../workflows/flow/templates/index.js";
import type { Template } from "../../workflows/flow/templates/template.js";
import { useMay } from "../api/may.js";
import { useLanguage } from "../flow/describe.js";
import { useCreateFlow } from "../flows/use-create-flow.js";
import { Preview } from "../rule-line/preview.js";
import { LinkAnchor, LinkButton } from "../ui/links.js";
import { Notice } from "../ui/notice.js";
import { Page } from "../ui/page.js";
import { Refusal } from "../ui/refusal.js";
import { Needs } from "./needs.js";
import { useTemplateHouse } from "./use-template-house.js";
import "../rule-line/rule-line.css";
import "./templates.css";

const FlowPicture = lazy(async () => ({ default: (await import("./flow-picture.js")).FlowPicture }));

export function TemplatePage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: "/templates/$id" });
  const template = templates.find((one) => one.id === id);
  if (template) return <Opened key={id} template={template} />;
  const all = (
    <LinkButton to="/templates" variant="default">
      {t("templates.all")}
    </LinkButton>
  );
  return <Notice icon={IconTemplateOff} title={t("templates.unknown")} action={all} />;
}

function Opened({ template }: { readonly template: Template }) {
  const { t } = useTranslation();
  const choice = useTemplateHouse(template);
  const { save, error, isPending } = useCreateFlow();
  const { title, summary, rationale, measure } = template.words[useLanguage()];
  const drawing = JSON.stringify(choice.house);
  // The house is made anew each time; what is in it says whether the flow changed.
  const flow = useMemo(() => template.draw(choice.house), [template, drawing]); // eslint-disable-line react-hooks/exhaustive-deps
  const use = useMay()("flows:edit") && (
    <Button loading={isPending} onClick={() => save(title, flow)}>
      {t("templates.use")}
    </Button>
  );
  return (
    <Page
      title={title}
      lead={summary}
      back={<LinkAnchor to="/templates">{t("templates.title")}</LinkAnchor>}
      actions={use}
    >
      <Refusal error={error} />
      <div className="lw-template-open">
        <div className="lw-card lw-template-picture">
          <Suspense>
            <FlowPicture flow={flow} />
          </Suspense>
        </div>
        <div className="lw-card lw-template-steps">
          <Preview flow={flow} />
        </div>
        <aside className="lw-template-side">
          <Said title={t("templates.why")} text={rationale} />
          <Said title={t("templates.measure")} text={measure} />
          <section>
            <Title order={2} mb={8}>
              {t("templates.needs")}
            </Title>
            <Needs template={template} choice={choice} />
          </section>
          {use && (
            <Text fz={12} c="dimmed">
              {t("templates.useText")}
            </Text>
          )}
        </aside>
      </div>
    </Page>
  );
}

function Said({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <section>
      <Title order={2} mb={4}>
        {title}
      </Title>
      <Text fz="sm">{text}</Text>
    </section>
  );
}
