import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FormProps } from "./form-props.js";

/** Whether colleagues see addresses and numbers that somebody typed. */
export function PersonalDataField({ config, set }: Pick<FormProps, "config" | "set">) {
  const { t } = useTranslation();
  return (
    <Switch
      data-field="showsPersonalData"
      label={t("form.showsPersonalData")}
      description={t("form.showsPersonalDataText")}
      checked={config["showsPersonalData"] === true}
      onChange={(event) => set({ showsPersonalData: event.currentTarget.checked || undefined })}
    />
  );
}
