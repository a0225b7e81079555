import { Chip, Group, Input, SegmentedControl, Select, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { languages } from "../../workflows/flow/sentence.js";
import { useLanguage } from "../flow/describe.js";
import { asText } from "../ui/read.js";
import { DurationField } from "./duration-field.js";
import { errorAt } from "./form-props.js";
import type { FormProps } from "./form-props.js";

const zones = Intl.supportedValuesOf("timeZone");
const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const workdays = [1, 2, 3, 4, 5];

export function WaitForm(props: FormProps) {
  const { t } = useTranslation();
  const { config, set, errors } = props;
  const mode = config["mode"] === "until" ? "until" : "duration";
  const choose = (next: string) =>
    set(next === "until" ? { mode: next, time: "09:00", zone: ownZone(), days: workdays } : { mode: next });
  return (
    <Stack gap="md">
      <SegmentedControl
        fullWidth
        aria-label={t("form.waitMode")}
        value={mode}
        data={[
          { value: "duration", label: t("form.waitFor") },
          { value: "until", label: t("form.waitUntil") },
        ]}
        onChange={choose}
      />
      {mode === "duration" ? (
        <DurationField
          name="duration"
          label={t("form.duration")}
          value={config["duration"]}
          error={errorAt(errors, "duration")}
          onChange={(duration) => set({ duration })}
        />
      ) : (
        <Until {...props} />
      )}
    </Stack>
  );
}

function Until({ config, set, errors }: FormProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const days = Array.isArray(config["days"]) ? config["days"].map(String) : [];
  return (
    <>
      <Input.Wrapper label={t("form.days")} error={errorAt(errors, "days")} data-field="days">
        <Chip.Group
          multiple
          value={days}
          onChange={(next) => set({ days: next.map(Number).toSorted((a, b) => a - b) })}
        >
          <Group gap={6} mt={6}>
            {languages[language].days.map((day, index) => (
              <Chip key={day} size="xs" value={String(index + 1)}>
                {day.slice(0, 3)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Input.Wrapper>
      <TextInput
        type="time"
        data-field="time"
        label={t("form.time")}
        value={asText(config["time"])}
        error={errorAt(errors, "time")}
        onChange={(event) => set({ time: event.currentTarget.value })}
      />
      <Select
        data-field="zone"
        label={t("form.zone")}
        searchable
        allowDeselect={false}
        limit={60}
        data={zones}
        value={asText(config["zone"])}
        error={errorAt(errors, "zone")}
        onChange={(zone) => set({ zone })}
      />
    </>
  );
}
