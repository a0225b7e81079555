import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { SignInWays } from "../../server/sign-in-providers/provider-api.js";

/** Whoever comes back is led to the page that they asked for. */
const startOf = (workspaceId: string): string =>
  `/sign-in/with/${workspaceId}?to=${encodeURIComponent(location.pathname + location.search)}`;

export function ProviderButtons({ providers }: Pick<SignInWays, "providers">) {
  const { t } = useTranslation();
  return providers.map(({ workspaceId, label }) => (
    <Button key={workspaceId} component="a" href={startOf(workspaceId)} variant="default" fullWidth>
      {t("signIn.with", { provider: label })}
    </Button>
  ));
}
