import { Checkbox, Group, NumberInput, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import {
  agreementSchema,
  dataClassSchema,
  dataSubjectSchema,
  lawfulBasisSchema,
  regionSchema,
} from "../../server/oversight/oversight-api.js";
import { queries } from "../api/queries.js";
import type { EntryFormApi } from "./entry-values.js";

interface Props {
  readonly form: EntryFormApi;
}

export function WhatFields({ form }: Props) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <OwnerSelect form={form} name="ownerId" label={t("oversight.owner")} />
      <Textarea
        label={t("oversight.purpose")}
        description={t("oversight.purposeText")}
        autosize
        minRows={2}
        maxLength={500}
        {...form.getInputProps("purpose")}
      />
      <Select
        label={t("oversight.basisLabel")}
        description={t("oversight.basisText")}
        placeholder={t("oversight.notSaid")}
        clearable
        data={lawfulBasisSchema.options.map((value) => ({ value, label: t(`oversight.basis.${value}`) }))}
        {...choice(form, "lawfulBasis")}
      />
      <Checkbox.Group
        label={t("oversight.dataLabel")}
        description={t("oversight.specialText")}
        {...form.getInputProps("dataClasses")}
      >
        <Group gap="sm" mt={6}>
          {dataClassSchema.options.map((value) => (
            <Checkbox key={value} value={value} label={t(`oversight.data.${value}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <Checkbox.Group label={t("oversight.subjectsLabel")} {...form.getInputProps("dataSubjects")}>
        <Group gap="sm" mt={6}>
          {dataSubjectSchema.options.map((value) => (
            <Checkbox key={value} value={value} label={t(`oversight.subject.${value}`)} />
          ))}
        </Group>
      </Checkbox.Group>
    </Stack>
  );
}

export function WhereFields({ form }: Props) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Select
        label={t("oversight.region")}
        placeholder={t("oversight.notSaid")}
        clearable
        data={regionSchema.options.map((value) => ({ value, label: t(`oversight.regions.${value}`) }))}
        {...choice(form, "region")}
      />
      <TextInput label={t("oversight.place")} maxLength={120} {...form.getInputProps("place")} />
      <Select
        label={t("oversight.agreementLabel")}
        placeholder={t("oversight.notSaid")}
        clearable
        data={agreementSchema.options.map((value) => ({ value, label: t(`oversight.agreement.${value}`) }))}
        {...choice(form, "agreement")}
      />
      {form.values.agreement === "signed" && (
        <Group grow align="flex-start">
          <TextInput type="date" label={t("oversight.agreementOn")} {...form.getInputProps("agreementOn")} />
          <TextInput
            label={t("oversight.agreementReference")}
            maxLength={120}
            {...form.getInputProps("agreementReference")}
          />
        </Group>
      )}
      <Textarea
        label={t("oversight.retention")}
        autosize
        minRows={1}
        maxLength={500}
        {...form.getInputProps("retention")}
      />
    </Stack>
  );
}

export function KeepingFields({ form }: Props) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <OwnerSelect form={form} name="credentialOwnerId" label={t("oversight.credentialOwner")} />
      <TextInput
        type="date"
        label={t("oversight.credentialExpiresOn")}
        {...form.getInputProps("credentialExpiresOn")}
      />
      <Group grow align="flex-start">
        <NumberInput
          label={t("oversight.yearlyCost")}
          min={0}
          max={1e9}
          decimalScale={2}
          thousandSeparator=" "
          {...form.getInputProps("yearlyCost")}
        />
        <TextInput
          label={t("oversight.currency")}
          placeholder="EUR"
          pattern="[A-Z]{3}"
          title={t("oversight.currencyText")}
          maxLength={3}
          required={form.values.yearlyCost !== ""}
          {...form.getInputProps("currency")}
          onChange={(event) => form.setFieldValue("currency", event.currentTarget.value.toUpperCase())}
        />
      </Group>
    </Stack>
  );
}

/** Mantine's selects know null where the form's values know an empty text. */
const choice = (
  form: EntryFormApi,
  name: "lawfulBasis" | "region" | "agreement" | "ownerId" | "credentialOwnerId",
) => ({
  value: form.values[name] === "" ? null : form.values[name],
  onChange: (value: string | null) => form.setValues({ [name]: value ?? "" }),
});

interface OwnerProps extends Props {
  readonly name: "ownerId" | "credentialOwnerId";
  readonly label: string;
}

/** Whoever is named already stays in the list, though they may be put out. */
function OwnerSelect({ form, name, label }: OwnerProps) {
  const { t } = useTranslation();
  const owners = useQuery(queries.owners()).data?.items ?? [];
  const named = form.values[name];
  const gone = named !== "" && !owners.some(({ id }) => id === named);
  return (
    <Select
      label={label}
      placeholder={t("oversight.nobody")}
      clearable
      searchable
      data={[
        ...owners.map((owner) => ({ value: owner.id, label: owner.name })),
        ...(gone ? [{ value: named, label: t("oversight.unnamedOwner") }] : []),
      ]}
      {...choice(form, name)}
    />
  );
}
