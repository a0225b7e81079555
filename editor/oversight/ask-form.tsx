import { Button, Checkbox, Group, SegmentedControl, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import {
  dataClassSchema,
  dataSubjectSchema,
  lawfulBasisSchema,
  thingKindSchema,
} from "../../server/oversight/oversight-api.js";
import { askSchema, requestSchema, type Ask } from "../../server/oversight/request-api.js";
import { useChange } from "../api/change.js";
import { Refusal } from "../ui/refusal.js";

type Values = Omit<Ask, "lawfulBasis"> & { readonly lawfulBasis: Ask["lawfulBasis"] | null };

const empty: Values = {
  ...{ kind: "source", name: "", purpose: "", why: "" },
  ...{ lawfulBasis: null, dataClasses: [], dataSubjects: [] },
};

/** Everything that has to be said before a tool is one. */
export function AskForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const needed = (list: readonly unknown[]) => (list.length === 0 ? t("oversight.chooseOne") : null);
  const form = useForm<Values>({
    initialValues: empty,
    validate: { dataClasses: needed, dataSubjects: needed },
  });
  const ask = useChange({
    schema: requestSchema,
    call: (values: Values) => ({ path: "/api/oversight/requests", body: askSchema.parse(values) }),
    renews: ["oversight"],
    told: () => t("oversight.asked"),
    quiet: true,
  });
  return (
    <form onSubmit={form.onSubmit((values) => ask.mutate(values, { onSuccess: onDone }))}>
      <Stack>
        <SegmentedControl
          aria-label={t("oversight.kindLabel")}
          data={thingKindSchema.options.map((value) => ({ value, label: t(`oversight.kind.${value}`) }))}
          {...form.getInputProps("kind")}
        />
        <TextInput label={t("oversight.name")} required maxLength={80} {...form.getInputProps("name")} />
        <Textarea
          label={t("oversight.purpose")}
          description={t("oversight.purposeText")}
          required
          maxLength={500}
          {...form.getInputProps("purpose")}
        />
        <Select
          label={t("oversight.basisLabel")}
          description={t("oversight.basisText")}
          required
          data={lawfulBasisSchema.options.map((value) => ({ value, label: t(`oversight.basis.${value}`) }))}
          {...form.getInputProps("lawfulBasis")}
        />
        <DataFields form={form} />
        <Textarea label={t("oversight.why")} required maxLength={1_000} {...form.getInputProps("why")} />
        <Refusal error={ask.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={ask.isPending}>
            {t("oversight.sendRequest")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function DataFields({ form }: { readonly form: UseFormReturnType<Values> }) {
  const { t } = useTranslation();
  return (
    <>
      <Checkbox.Group label={t("oversight.dataLabel")} withAsterisk {...form.getInputProps("dataClasses")}>
        <Group gap="sm" my={6}>
          {dataClassSchema.options.map((value) => (
            <Checkbox key={value} value={value} label={t(`oversight.data.${value}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <Checkbox.Group label={t("oversight.subjectsLabel")} withAsterisk {...form.getInputProps("dataSubjects")}>
        <Group gap="sm" my={6}>
          {dataSubjectSchema.options.map((value) => (
            <Checkbox key={value} value={value} label={t(`oversight.subject.${value}`)} />
          ))}
        </Group>
      </Checkbox.Group>
    </>
  );
}
