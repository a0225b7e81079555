import { Button, Group, Select, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { OidcSettings } from "../../server/oidc/oidc-api.js";
import { firstRoleSchema } from "../../server/sign-in-providers/provider-api.js";
import { askFirst } from "../ui/confirm.js";
import { useErrorWords } from "../ui/error-words.js";
import { Hint } from "../ui/hint.js";
import { PasswordField } from "../ui/password-field.js";
import { CopyLine } from "../ui/secret-line.js";
import { useProviderForm, useRemoveProvider, useSaveProvider, type ProviderValues } from "./use-provider.js";

type Form = UseFormReturnType<ProviderValues>;

export function ProviderForm({ settings }: { readonly settings: OidcSettings }) {
  const { t } = useTranslation();
  const wordsOf = useErrorWords();
  const form = useProviderForm(settings.provider);
  const save = useSaveProvider();
  const isStored = settings.provider !== null;
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        <CopyLine label={t("provider.redirectUri")} value={settings.redirectUri} />
        <Client form={form} isStored={isStored} />
        <Admitted form={form} />
        {isStored && <Exclusive form={form} mayBe={settings.mayBeExclusive} />}
        {save.error && <Hint tone="failed">{wordsOf(save.error).text}</Hint>}
        <Group justify="flex-end">
          {isStored && <Remove />}
          <Button type="submit" variant="default" disabled={!form.isDirty()} loading={save.isPending}>
            {t(isStored ? "common.save" : "provider.setUp")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Client({ form, isStored }: { readonly form: Form; readonly isStored: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        type="url"
        label={t("provider.issuer")}
        description={t("provider.issuerText")}
        placeholder="https://sso.example.com"
        required
        maxLength={500}
        {...form.getInputProps("issuer")}
      />
      <Group grow align="flex-start">
        <TextInput
          label={t("provider.clientId")}
          required
          maxLength={200}
          autoComplete="off"
          {...form.getInputProps("clientId")}
        />
        <PasswordField
          label={t("provider.clientSecret")}
          placeholder={isStored ? t("provider.secretKept") : ""}
          required={!isStored}
          maxLength={2_000}
          autoComplete="off"
          {...form.getInputProps("clientSecret")}
        />
      </Group>
      <TextInput
        label={t("provider.label")}
        description={t("provider.labelText")}
        placeholder="Acme"
        required
        maxLength={60}
        {...form.getInputProps("label")}
      />
    </>
  );
}

function Admitted({ form }: { readonly form: Form }) {
  const { t } = useTranslation();
  return (
    <>
      <TagsInput
        label={t("provider.domains")}
        description={t("provider.domainsText")}
        placeholder="example.com"
        maxTags={50}
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
function Exclusive({ form, mayBe }: { readonly form: Form; readonly mayBe: boolean }) {
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

function Remove() {
  const { t } = useTranslation();
  const remove = useRemoveProvider();
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
