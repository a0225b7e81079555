import { Anchor } from "@mantine/core";
import { IconArrowUpRight, IconFlask } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export function SandboxBanner({ url }: { readonly url: string | null }) {
  const { t } = useTranslation();
  return (
    <div className="lw-banner" role="status">
      <IconFlask size={15} stroke={1.8} aria-hidden />
      <span>{t("shell.sandbox")}</span>
      {url !== null && (
        <Anchor href={url} target="_blank" rel="noreferrer" fw={550} className="lw-banner-link">
          {t("shell.openSandbox")}
          <IconArrowUpRight size={14} stroke={1.8} aria-hidden />
        </Anchor>
      )}
    </div>
  );
}
