import { Group, Stack, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { OidcSettings } from "../../server/oidc/oidc-api.js";
import { PasswordField } from "../ui/password-field.js";
import { CopyLine } from "../ui/secret-line.js";
import { Admitted, Exclusive, LabelField, Remove, Saving } from "./provider-parts.js";
import { useProviderForm, useRemoveProvider, useSaveProvider, type ProviderValues } from "./use-provider.js";

type Form = UseFormReturnType<ProviderValues>;

export function ProviderForm({ settings }: { readonly settings: OidcSettings }) {
  const { t } = useTranslation();
  const form = useProviderForm(settings.provider);
  const save = useSaveProvider();
  const remove = useRemoveProvider();
  const isStored = settings.provider !== null;
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        <CopyLine label={t("provider.redirectUri")} value={settings.redirectUri} />
        <Client form={form} isStored={isStored} />
        <Admitted form={form} domainsText={t("provider.domainsText")} />
        {isStored && <Exclusive form={form} mayBe={settings.mayBeExclusive} />}
        <Saving isStored={isStored} isDirty={form.isDirty()} save={save}>
          <Remove remove={remove} />
        </Saving>
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
      <LabelField form={form} />
    </>
  );
}
