import { Chip, Group, Input, MultiSelect, Radio, Select, Skeleton, Stack, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { purposeSchema } from "../../workflows/flow/purpose.js";
import { conditionSchema } from "../../workflows/flow/schema.js";
import { queries } from "../api/queries.js";
import { useCatalogue } from "../flow/catalogue.js";
import { metrics } from "../sources/generic-settings.js";
import { CallFields } from "../starts/call-fields.js";
import { kindOf, StartChoice } from "../starts/start-choice.js";
import { asText, asTexts } from "../ui/read.js";
import { ConditionEditor } from "./condition-editor.js";
import { errorAt, errorsUnder } from "./form-props.js";
import type { FormProps } from "./form-props.js";
import { KeyField } from "./key-field.js";

/** What starts the flow, and what holds for its runs whatever that is. */
export function TriggerForm(props: FormProps) {
  const kind = kindOf(props.config);
  const Form = kinds[kind];
  return (
    <Stack gap="md">
      <StartChoice {...props} />
      <Form {...props} />
      {kind !== "schedule" && <PurposeField {...props} />}
      <KeyField {...props} />
    </Stack>
  );
}

const kinds = { feedback: FeedbackForm, schedule: ScheduleForm, call: CallFields } as const;

/** Its parts know of every cron line and every zone, and few flows need them. */
const ScheduleFields = lazy(() => import("../starts/schedule-fields.js"));

function ScheduleForm(props: FormProps) {
  return (
    <Suspense fallback={<Skeleton height={220} />}>
      <ScheduleFields {...props} />
    </Suspense>
  );
}

function FeedbackForm({ config, set, errors }: FormProps) {
  const { t } = useTranslation();
  const sources = useQuery(queries.sources()).data?.items ?? [];
  return (
    <>
      <MultiSelect
        data-field="sources"
        label={t("form.sources")}
        placeholder={asTexts(config["sources"]).length === 0 ? t("form.anySource") : ""}
        searchable
        clearable
        data={sources.map(({ id, name }) => ({ value: id, label: name }))}
        value={[...asTexts(config["sources"])]}
        error={errorAt(errors, "sources")}
        onChange={(chosen) => set({ sources: chosen })}
      />
      <Input.Wrapper label={t("form.metrics")} description={t("form.metricsText")} data-field="metrics">
        <Chip.Group multiple value={[...asTexts(config["metrics"])]} onChange={(chosen) => set({ metrics: chosen })}>
          <Group gap={6} mt={6}>
            {metrics.map((metric) => (
              <Chip key={metric} size="xs" value={metric}>
                {t(`metric.${metric}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Input.Wrapper>
      <OnlyWhen config={config} set={set} errors={errors} />
      <Radio.Group data-field="on" label={t("form.on")} value={asText(config["on"])} onChange={(on) => set({ on })}>
        <Stack gap={8} mt={8}>
          <Radio value="first" label={t("form.onFirst")} description={t("form.onFirstText")} />
          <Radio value="everyChange" label={t("form.onChange")} description={t("form.onChangeText")} />
        </Stack>
      </Radio.Group>
    </>
  );
}

function PurposeField({ config, set, errors }: FormProps) {
  const { t } = useTranslation();
  return (
    <Select
      data-field="purpose"
      label={t("form.purpose")}
      description={t("form.purposeText")}
      allowDeselect={false}
      data={purposeSchema.options.map((value) => ({ value, label: t(`purpose.${value}`) }))}
      value={asText(config["purpose"]) || "service"}
      error={errorAt(errors, "purpose")}
      onChange={(purpose) => set({ purpose: purpose === "service" ? undefined : purpose })}
    />
  );
}

/** A trigger is matched before any secret is opened, so it may look at clear fields only. */
function OnlyWhen({ config, set, errors }: Pick<FormProps, "config" | "set" | "errors">) {
  const { t } = useTranslation();
  const { catalogue } = useCatalogue();
  const when = conditionSchema.nullable().safeParse(config["when"] ?? null).data ?? null;
  return (
    <Stack gap={10} data-field="when">
      <Switch
        label={t("form.onlyWhen")}
        description={t("form.onlyWhenText")}
        checked={when !== null}
        onChange={(event) => set({ when: event.currentTarget.checked ? { match: "all", rows: [] } : null })}
      />
      {when && (
        <ConditionEditor
          path="when"
          value={when}
          onChange={(next) => set({ when: next })}
          fields={catalogue.fields.filter(({ dataClass }) => dataClass === "clear")}
          errors={errorsUnder(errors, "when")}
          error={errors["when"] ?? null}
        />
      )}
    </Stack>
  );
}
