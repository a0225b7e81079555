import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ProviderKind, SignInWays } from "../../server/sign-in-providers/provider-api.js";

const starts: Readonly<Record<ProviderKind, string>> = { oidc: "/sign-in/with", saml: "/sign-in/saml/with" };

/** Whoever comes back is led to the page that they asked for. */
const startOf = (kind: ProviderKind, workspaceId: string): string =>
  `${starts[kind]}/${workspaceId}?to=${encodeURIComponent(location.pathname + location.search)}`;

export function ProviderButtons({ providers }: Pick<SignInWays, "providers">) {
  const { t } = useTranslation();
  return providers.map(({ workspaceId, kind, label }) => (
    <Button key={`${kind} ${workspaceId}`} component="a" href={startOf(kind, workspaceId)} variant="default" fullWidth>
      {t("signIn.with", { provider: label })}
    </Button>
  ));
}
