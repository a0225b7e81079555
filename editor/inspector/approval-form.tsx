import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { asText, asTexts } from "../ui/read.js";
import { OptionPicker } from "../ui/option-picker.js";
import { OptionsPicker } from "../ui/options-picker.js";
import { ConnectionField } from "./connection-field.js";
import { DurationField } from "./duration-field.js";
import { errorAt } from "./form-props.js";
import type { FormProps } from "./form-props.js";
import { PersonalDataField } from "./personal-data-field.js";
import { TemplateField } from "./template-field.js";

export function ApprovalForm(props: FormProps) {
  const { t } = useTranslation();
  const { config, set, errors } = props;
  return (
    <Stack gap="md">
      <Whom {...props} />
      <What {...props} />
      <PersonalDataField config={config} set={set} />
      <DurationField
        name="expiresAfter"
        label={t("form.expiresAfter")}
        description={t("form.expiresAfterText")}
        value={config["expiresAfter"]}
        error={errorAt(errors, "expiresAfter")}
        onChange={(expiresAfter) => set({ expiresAfter })}
      />
    </Stack>
  );
}

function Whom({ config, set, errors }: FormProps) {
  const { t } = useTranslation();
  const connectionId = asText(config["connectionId"]) || null;
  return (
    <>
      <ConnectionField
        connector="slack"
        value={connectionId}
        error={errorAt(errors, "connectionId")}
        onChange={(id) => set({ connectionId: id ?? "" })}
      />
      <div data-field="channel">
        <OptionPicker
          frame={{ label: t("form.channel"), withAsterisk: true, error: errorAt(errors, "channel") }}
          connectionId={connectionId}
          options="channels"
          values={{}}
          value={asText(config["channel"])}
          onChange={(channel) => set({ channel })}
        />
      </div>
      <div data-field="approvers">
        <OptionsPicker
          label={t("form.approvers")}
          description={t("form.approversText")}
          connectionId={connectionId}
          options="people"
          value={asTexts(config["approvers"])}
          onChange={(approvers) => set({ approvers })}
        />
      </div>
    </>
  );
}

function What({ config, set, fields, errors }: FormProps) {
  const { t } = useTranslation();
  return (
    <>
      <TemplateField
        name="title"
        path="title"
        label={t("form.question")}
        required
        value={asText(config["title"])}
        fields={fields}
        error={errorAt(errors, "title")}
        onChange={(title) => set({ title })}
      />
      <TemplateField
        name="text"
        path="text"
        label={t("form.details")}
        required
        multiline
        value={asText(config["text"])}
        fields={fields}
        error={errorAt(errors, "text")}
        onChange={(text) => set({ text })}
      />
    </>
  );
}
