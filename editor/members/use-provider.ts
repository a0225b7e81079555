import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { oidcSettingsSchema } from "../../server/oidc/oidc-api.js";
import type { changeOidcProviderSchema, OidcProvider } from "../../server/oidc/oidc-api.js";
import { useChange } from "../api/change.js";

type Sent = z.input<typeof changeOidcProviderSchema>;
export type ProviderValues = Required<Sent>;

const blank: ProviderValues = {
  ...{ issuer: "", clientId: "", clientSecret: "", label: "", domains: [] },
  ...{ makesMembers: false, firstRole: "viewer", exclusive: false },
};

/** The stored secret is never shown; what is typed takes its place. */
export const useProviderForm = (provider: OidcProvider | null) =>
  useForm<ProviderValues>({ initialValues: { ...blank, ...provider } });

export function useSaveProvider() {
  const { t } = useTranslation();
  return useChange({
    schema: oidcSettingsSchema,
    call: ({ clientSecret, ...values }: ProviderValues) => ({
      path: "/api/sign-in-provider",
      method: "PUT",
      body: { ...values, ...(clientSecret !== "" && { clientSecret }) } satisfies Sent,
    }),
    renews: ["signInProvider"],
    told: () => t("settings.saved"),
    quiet: true,
  });
}

export const useRemoveProvider = () =>
  useChange({
    schema: oidcSettingsSchema,
    call: () => ({ path: "/api/sign-in-provider", method: "DELETE" }),
    renews: ["signInProvider", "member"],
  });
