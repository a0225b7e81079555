import { Radio, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { asText } from "../ui/read.js";
import type { FormProps } from "./form-props.js";

const modes = ["first", "all"] as const;

export function JoinForm({ config, set }: FormProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      data-field="mode"
      label={t("form.joinMode")}
      value={asText(config["mode"])}
      onChange={(mode) => set({ mode })}
    >
      <Stack gap={8} mt={8}>
        {modes.map((mode) => (
          <Radio key={mode} value={mode} label={t(`form.join.${mode}`)} description={t(`form.join.${mode}Text`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
