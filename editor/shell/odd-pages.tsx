import { Button } from "@mantine/core";
import { IconBug, IconMapQuestion } from "@tabler/icons-react";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { LinkButton } from "../ui/links.js";
import { Notice } from "../ui/notice.js";
import { Page } from "../ui/page.js";

export function MissingPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("error.missing")}>
      <Notice
        icon={IconMapQuestion}
        title={t("error.missing")}
        text={t("error.missingText")}
        action={
          <LinkButton to="/" variant="default">
            {t("nav.home")}
          </LinkButton>
        }
      />
    </Page>
  );
}

export function CrashedPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <Page title={t("error.unexpected")}>
      <Notice
        kind="error"
        icon={IconBug}
        title={t("error.unexpected")}
        text={error instanceof Error ? error.message : String(error)}
        action={
          <Button variant="default" onClick={reset}>
            {t("common.tryAgain")}
          </Button>
        }
      />
    </Page>
  );
}
