import { Group, Input, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { cronOf, cronProblem, simpleOf, type SimpleSchedule } from "../../workflows/flow/cron.js";
import { languages } from "../../workflows/flow/sentence.js";
import { useLanguage } from "../flow/describe.js";
import { errorAt, type FormProps } from "../inspector/form-props.js";
import { asRecord, asText } from "../ui/read.js";
import { cronWords } from "./cron-words.js";
import { useCronProblem } from "./cron-problem.js";
import { nextTimes } from "./next-times.js";

const zones = Intl.supportedValuesOf("timeZone");
const rhythms = ["day", "weekday", "week", "month"] as const satisfies readonly SimpleSchedule["every"][];
const BY_LINE = "cron";
const usual: SimpleSchedule = { every: "weekday", time: "09:00", day: 1 };

type Props = Pick<FormProps, "config" | "set" | "errors">;

/** When a flow starts by the clock: by choosing, or by a cron line; and what that comes to. */
export default function ScheduleFields({ config, set, errors }: Props) {
  const { t } = useTranslation();
  const start = asRecord(config["start"]);
  const [cron, timeZone] = [asText(start["cron"]), asText(start["timeZone"])];
  const write = (change: object) => set({ start: { ...start, ...change } });
  return (
    <Stack gap="md">
      <Rhythm cron={cron} error={errorAt(errors, "start.cron")} onChange={(next) => write({ cron: next })} />
      <Select
        data-field="start.timeZone"
        label={t("starts.timeZone")}
        searchable
        allowDeselect={false}
        limit={60}
        data={zones.includes(timeZone) || timeZone === "" ? zones : [timeZone, ...zones]}
        value={timeZone}
        error={errorAt(errors, "start.timeZone")}
        onChange={(zone) => write({ timeZone: zone })}
      />
      <NextTimes cron={cron} timeZone={timeZone} />
      <Text fz="xs" c="dimmed">
        {t("starts.missed")} {t("starts.scheduleText")}
      </Text>
    </Stack>
  );
}

interface RhythmProps {
  readonly cron: string;
  readonly error: string | null;
  readonly onChange: (cron: string) => void;
}

function Rhythm({ cron, error, onChange }: RhythmProps) {
  const { t } = useTranslation();
  const simple = simpleOf(cron);
  // Somebody who writes a line may pass by one that could be chosen.
  const [byLine, setByLine] = useState(simple === null);
  const choose = (value: string | null) => {
    const every = rhythms.find((one) => one === value);
    setByLine(every === undefined);
    if (every) onChange(cronOf({ ...usual, time: simple?.time ?? usual.time, every }));
  };
  return (
    <>
      <Select
        label={t("starts.every")}
        allowDeselect={false}
        data={[...rhythms, BY_LINE].map((value) => ({ value, label: t(`starts.everyOf.${value as "day"}`) }))}
        value={byLine || simple === null ? BY_LINE : simple.every}
        onChange={choose}
      />
      {byLine || simple === null ? (
        <CronLine cron={cron} error={error} onChange={onChange} />
      ) : (
        <At simple={simple} error={error} onChange={(next) => onChange(cronOf(next))} />
      )}
    </>
  );
}

function CronLine({ cron, error, onChange }: RhythmProps) {
  const { t } = useTranslation();
  const words = cronWords(cron, useLanguage());
  const wrong = useCronProblem()(cron);
  return (
    <div data-field="start.cron">
      <TextInput
        label={t("starts.cron")}
        description={t("starts.cronText")}
        spellCheck={false}
        className="lw-numbers"
        value={cron}
        error={wrong ?? error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Text fz="sm" mt={6} role="status">
        {words}
      </Text>
    </div>
  );
}

interface AtProps {
  readonly simple: SimpleSchedule;
  readonly error: string | null;
  readonly onChange: (simple: SimpleSchedule) => void;
}

function At({ simple, error, onChange }: AtProps) {
  const { t } = useTranslation();
  return (
    <Group gap={8} wrap="nowrap" align="flex-start" data-field="start.cron">
      {simple.every === "week" && <Weekday simple={simple} onChange={onChange} />}
      {simple.every === "month" && (
        <NumberInput
          flex={1}
          label={t("starts.monthDay")}
          min={1}
          max={31}
          clampBehavior="strict"
          allowDecimal={false}
          value={simple.day}
          onChange={(day) => onChange({ ...simple, day: typeof day === "number" && day > 0 ? day : 1 })}
        />
      )}
      <TextInput
        flex={1}
        type="time"
        label={t("starts.time")}
        value={simple.time}
        error={error}
        onChange={(event) =>
          event.currentTarget.value !== "" && onChange({ ...simple, time: event.currentTarget.value })
        }
      />
    </Group>
  );
}

/** Monday first, as the rest of the product counts; cron begins with Sunday. */
const week = [1, 2, 3, 4, 5, 6, 0];

function Weekday({ simple, onChange }: Omit<AtProps, "error">) {
  const { t } = useTranslation();
  const names = languages[useLanguage()].days;
  return (
    <Select
      flex={1}
      label={t("starts.weekday")}
      allowDeselect={false}
      data={week.map((day, index) => ({ value: String(day), label: names[index] ?? "" }))}
      value={String(simple.day)}
      onChange={(day) => onChange({ ...simple, day: Number(day) })}
    />
  );
}

function NextTimes({ cron, timeZone }: { readonly cron: string; readonly timeZone: string }) {
  const { t, i18n } = useTranslation();
  const [now] = useState(() => new Date());
  const times = nextTimes(cron, timeZone, now);
  const words = new Intl.DateTimeFormat(i18n.language, {
    ...(timeZone !== "" && times.length > 0 && { timeZone }),
    ...{ weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
    hourCycle: "h23",
    timeZoneName: "short",
  });
  return (
    <Input.Wrapper label={t("starts.next")} labelElement="div">
      {times.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t(cronProblem(cron) === null ? "starts.nextNone" : "starts.nextUnread")}
        </Text>
      ) : (
        <ol className="lw-next-times lw-numbers" aria-label={t("starts.next")}>
          {times.map((time) => (
            <li key={time.getTime()}>{words.format(time)}</li>
          ))}
        </ol>
      )}
    </Input.Wrapper>
  );
}
