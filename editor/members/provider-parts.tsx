import { Button, Group, Select, Switch, TagsInput, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { firstRoleSchema, type changeAdmittingSchema } from "../../server/sign-in-providers/provider-api.js";
import { askFirst } from "../ui/confirm.js";
import { Refusal } from "../ui/refusal.js";

/** What forms of every protocol have. */
export type AdmittingValues = z.input<typeof changeAdmittingSchema>;
type Form = Pick<UseFormReturnType<AdmittingValues>, "values" | "getInputProps">;

export function LabelField({ form }: { readonly form: Form }) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t("provider.label")}
      description={t("provider.labelText")}
      placeholder="Acme"
      required
      maxLength={60}
      {...form.getInputProps("label")}
    />
  );
}

interface AdmittedProps {
  readonly form: Form;
  readonly domainsText: string;
  /** Without any, nobody is let in. */
  readonly needsDomains?: boolean;
}

export function Admitted({ form, domainsText, needsDomains = false }: AdmittedProps) {
  const { t } = useTranslation();
  return (
    <>
      <TagsInput
        label={t("provider.domains")}
        description={domainsText}
        placeholder="example.com"
        maxTags={50}
        withAsterisk={needsDomains}
        acceptValueOnBlur
        {...form.getInputProps("domains")}
      />
      <Switch
        label={t("provider.makesMembers")}
        description={t("provider.makesMembersText")}
        {...form.getInputProps("makesMembers", { type: "checkbox" })}
      />
      {form.values.makesMembers && (
        <Select
          label={t("provider.firstRole")}
          description={t(`members.may.${form.values.firstRole}`)}
          inputWrapperOrder={["label", "input", "description", "error"]}
          allowDeselect={false}
          data={firstRoleSchema.options.map((value) => ({ value, label: t(`role.${value}`) }))}
          {...form.getInputProps("firstRole")}
        />
      )}
    </>
  );
}

/** Closed only once an admin has come in by the provider; opened again at any time. */
export function Exclusive({ form, mayBe }: { readonly form: Form; readonly mayBe: boolean }) {
  const { t } = useTranslation();
  return (
    <Switch
      label={t("provider.exclusive")}
      description={t(mayBe ? "provider.exclusiveText" : "provider.exclusiveNot")}
      disabled={!mayBe && !form.values.exclusive}
      {...form.getInputProps("exclusive", { type: "checkbox" })}
    />
  );
}

interface SavingProps {
  readonly isStored: boolean;
  readonly isDirty: boolean;
  readonly save: { readonly error: Error | null; readonly isPending: boolean };
  /** How it is taken out. */
  readonly children: ReactNode;
}

export function Saving({ isStored, isDirty, save, children }: SavingProps) {
  const { t } = useTranslation();
  return (
    <>
      <Refusal error={save.error} />
      <Group justify="flex-end">
        {isStored && children}
        <Button type="submit" variant="default" disabled={!isDirty} loading={save.isPending}>
          {t(isStored ? "common.save" : "provider.setUp")}
        </Button>
      </Group>
    </>
  );
}

interface RemoveProps {
  readonly remove: { readonly isPending: boolean; readonly mutate: (none: undefined) => void };
}

export function Remove({ remove }: RemoveProps) {
  const { t } = useTranslation();
  const ask = () =>
    askFirst({
      title: t("provider.remove"),
      text: t("provider.removeText"),
      confirm: t("provider.remove"),
      cancel: t("common.cancel"),
      onConfirm: () => remove.mutate(undefined),
    });
  return (
    <Button variant="default" color="red" loading={remove.isPending} onClick={ask}>
      {t("provider.remove")}
    </Button>
  );
}
