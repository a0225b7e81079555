import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { samlSettingsSchema } from "../../server/saml/saml-api.js";
import type { changeSamlProviderSchema, SamlProvider } from "../../server/saml/saml-api.js";
import { useChange } from "../api/change.js";
import { certificatesIn } from "./certificates.js";
import type { AdmittingValues } from "./provider-parts.js";

type Sent = z.input<typeof changeSamlProviderSchema>;

export interface SamlValues extends AdmittingValues {
  /** How the provider is told: by its metadata, or by what would stand in it. */
  readonly by: "metadata" | "hand";
  readonly metadata: string;
  readonly entityId: string;
  readonly signOnUrl: string;
  /** PEM, one below the other. */
  readonly certificates: string;
}

const blank: SamlValues = {
  ...{ by: "metadata", metadata: "", entityId: "", signOnUrl: "", certificates: "", label: "", domains: [] },
  ...{ makesMembers: false, firstRole: "viewer", exclusive: false },
};

const valuesOf = ({ certificates, ...rest }: SamlProvider): Partial<SamlValues> => ({
  ...rest,
  by: "hand",
  certificates: certificates.map(({ pem }) => pem.trim()).join("\n"),
});

export const useSamlForm = (provider: SamlProvider | null) =>
  useForm<SamlValues>({ initialValues: { ...blank, ...(provider && valuesOf(provider)) } });

export function useSaveSaml() {
  const { t } = useTranslation();
  return useChange({
    schema: samlSettingsSchema,
    call: (values: SamlValues) => ({ path: "/api/saml-provider", method: "PUT", body: sentOf(values) }),
    renews: ["samlProvider"],
    told: () => t("settings.saved"),
    quiet: true,
  });
}

const sentOf = ({ by, metadata, entityId, signOnUrl, certificates, ...admitting }: SamlValues): Sent =>
  by === "metadata"
    ? { ...admitting, metadata }
    : { ...admitting, entityId, signOnUrl, certificates: certificatesIn(certificates) };

export const useRemoveSaml = () =>
  useChange({
    schema: samlSettingsSchema,
    call: () => ({ path: "/api/saml-provider", method: "DELETE" }),
    renews: ["samlProvider", "member"],
  });
