import { Divider, Radio, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import type { ActionView } from "../flow/catalogue.js";
import { useCatalogue } from "../flow/catalogue.js";
import { readFields } from "../ui/form-fields.js";
import { asRecord, asText } from "../ui/read.js";
import { SchemaForm } from "../ui/schema-form.js";
import { ActionField, ActionFormContext } from "./action-field.js";
import { ConnectionField } from "./connection-field.js";
import { DurationField } from "./duration-field.js";
import { errorAt, errorsUnder } from "./form-props.js";
import type { FormProps } from "./form-props.js";
import { PersonalDataField } from "./personal-data-field.js";

export function ActionForm(props: FormProps) {
  const { t } = useTranslation();
  const { actions } = useCatalogue();
  const ref = asText(props.config["action"]);
  const action = actions.find((one) => one.ref === ref);
  if (!action) return <Text fz="sm">{t("form.unknownAction", { ref })}</Text>;
  return <KnownAction {...props} action={action} />;
}

function KnownAction({ config, set, fields, errors, action }: FormProps & { readonly action: ActionView }) {
  const connectionId = asText(config["connectionId"]) || null;
  const formFields = useMemo(() => readFields(action.inputSchema), [action]);
  const context = useMemo(
    () => ({ fields, connectionId, templates: new Set(action.templateFields) }),
    [fields, connectionId, action],
  );
  return (
    <Stack gap="md">
      {action.needsConnection && (
        <ConnectionField
          connector={action.connector}
          value={connectionId}
          error={errorAt(errors, "connectionId")}
          onChange={(id) => set({ connectionId: id })}
        />
      )}
      <ActionFormContext value={context}>
        <SchemaForm
          fields={formFields}
          values={asRecord(config["input"])}
          errors={topErrors(errorsUnder(errors, "input"))}
          onChange={(input) => set({ input })}
          draw={ActionField}
        />
      </ActionFormContext>
      <PersonalDataField config={config} set={set} />
      <Divider />
      <Delivery config={config} set={set} errors={errors} action={action} />
    </Stack>
  );
}

/** An error inside a list or map is shown at its field. */
const topErrors = (errors: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(errors).map(([field, message]) => [field.split(/[.[]/, 1)[0] ?? field, message]));

type DeliveryProps = Pick<FormProps, "config" | "set" | "errors"> & { readonly action: ActionView };

/** How long it keeps trying, and what becomes of a doubt, in words. */
function Delivery({ config, set, errors, action }: DeliveryProps) {
  const { t } = useTranslation();
  const connections = useQuery(queries.connections()).data?.items;
  const chosen = connections?.find(({ id }) => id === config["connectionId"]);
  const exactlyOnce = chosen?.exactlyOnce[action.ref] ?? action.exactlyOnce;
  return (
    <>
      <DurationField
        name="retryFor"
        label={t("form.retryFor")}
        description={t("form.retryForText")}
        value={config["retryFor"]}
        error={errorAt(errors, "retryFor")}
        onChange={(retryFor) => set({ retryFor })}
      />
      {/* Where the author says it in the action's own form, it is not asked a second time. */}
      {exactlyOnce !== "author-says" && (
        <Radio.Group
          data-field="onAmbiguous"
          label={t("form.inDoubt")}
          description={t(`form.exactlyOnce.${exactlyOnce}`)}
          value={asText(config["onAmbiguous"])}
          onChange={(onAmbiguous) => set({ onAmbiguous })}
        >
          <Stack gap={8} mt={8}>
            <Radio value="park" label={t("form.park")} description={t("form.parkText")} />
            <Radio value="resend" label={t("form.resend")} description={t("form.resendText")} />
          </Stack>
        </Radio.Group>
      )}
    </>
  );
}
