import { SegmentedControl, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SamlCertificate, SamlSettings } from "../../server/saml/saml-api.js";
import { Hint } from "../ui/hint.js";
import { CopyLine } from "../ui/secret-line.js";
import { Time } from "../ui/time.js";
import { Admitted, Exclusive, LabelField, Remove, Saving } from "./provider-parts.js";
import { useRemoveSaml, useSamlForm, useSaveSaml, type SamlValues } from "./use-saml.js";

type Form = UseFormReturnType<SamlValues>;

export function SamlForm({ settings }: { readonly settings: SamlSettings }) {
  const { t } = useTranslation();
  const { provider, entityId, acsUrl, mayBeExclusive } = settings;
  const form = useSamlForm(provider);
  const save = useSaveSaml();
  const remove = useRemoveSaml();
  const isStored = provider !== null;
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack>
        <CopyLine label={t("provider.samlEntityId")} value={entityId} />
        <CopyLine label={t("provider.samlAcs")} value={acsUrl} />
        <Told form={form} />
        {provider && <Certificates certificates={provider.certificates} />}
        <LabelField form={form} />
        <Admitted form={form} domainsText={t("provider.samlDomainsText")} needsDomains />
        {isStored && <Exclusive form={form} mayBe={mayBeExclusive} />}
        <Saving isStored={isStored} isDirty={form.isDirty()} save={save}>
          <Remove remove={remove} />
        </Saving>
      </Stack>
    </form>
  );
}

/** By its metadata, as most providers offer it, or by hand. */
function Told({ form }: { readonly form: Form }) {
  const { t } = useTranslation();
  return (
    <>
      <SegmentedControl
        aria-label={t("provider.samlBy")}
        data={[
          { value: "metadata", label: t("provider.samlByMetadata") },
          { value: "hand", label: t("provider.samlByHand") },
        ]}
        {...form.getInputProps("by")}
      />
      {form.values.by === "metadata" ? (
        <Textarea
          label={t("provider.samlMetadata")}
          description={t("provider.samlMetadataText")}
          placeholder="<EntityDescriptor …"
          required
          autosize
          minRows={4}
          maxRows={12}
          maxLength={200_000}
          spellCheck={false}
          {...form.getInputProps("metadata")}
        />
      ) : (
        <ByHand form={form} />
      )}
    </>
  );
}

function ByHand({ form }: { readonly form: Form }) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t("provider.samlTheirEntityId")}
        required
        maxLength={1_024}
        {...form.getInputProps("entityId")}
      />
      <TextInput
        type="url"
        label={t("provider.samlSignOnUrl")}
        description={t("provider.samlSignOnUrlText")}
        placeholder="https://sso.example.com/saml"
        required
        maxLength={2_000}
        {...form.getInputProps("signOnUrl")}
      />
      <Textarea
        label={t("provider.samlCertificates")}
        description={t("provider.samlCertificatesText")}
        placeholder="-----BEGIN CERTIFICATE-----"
        required
        autosize
        minRows={4}
        maxRows={12}
        maxLength={100_000}
        spellCheck={false}
        {...form.getInputProps("certificates")}
      />
    </>
  );
}

const SOON_MS = 30 * 86_400_000;

/** Those that are stored, and until when their owner says that they are good. */
function Certificates({ certificates }: { readonly certificates: readonly SamlCertificate[] }) {
  const { t } = useTranslation();
  const [soon] = useState(() => Date.now() + SOON_MS);
  const isEnding = certificates.some(({ validUntil }) => Date.parse(validUntil) < soon);
  return (
    <Stack gap="xs">
      {certificates.map(({ fingerprint, validUntil }) => (
        <Text key={fingerprint} fz="sm" c="dimmed">
          {t("provider.samlCertificate", { fingerprint: fingerprint.slice(0, 23) })} <Time at={validUntil} />
        </Text>
      ))}
      {isEnding && <Hint tone="stuck">{t("provider.samlEnding")}</Hint>}
    </Stack>
  );
}
