import { Button, Group, Stack, Text } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useErrorWords } from "./error-words.js";

interface Props {
  readonly icon: Icon;
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
  readonly kind?: "empty" | "error";
}

/** What stands where a list would: it teaches what will be here and offers the one thing to do. */
export function Notice({ icon: Mark, title, text, action, kind = "empty" }: Props) {
  return (
    <div className="lw-empty" data-kind={kind} role={kind === "error" ? "alert" : undefined}>
      <span className="lw-empty-mark">
        <Mark size={26} stroke={1.6} aria-hidden />
      </span>
      <Stack gap={4} align="center">
        <Text fw={600}>{title}</Text>
        {text !== undefined && (
          <Text c="dimmed" fz="sm" maw={460} component="div">
            {text}
          </Text>
        )}
      </Stack>
      {action !== undefined && <Group mt={4}>{action}</Group>}
    </div>
  );
}

export function ErrorNotice({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const { t } = useTranslation();
  const { title, text } = useErrorWords()(error);
  return (
    <Notice
      kind="error"
      icon={IconPlugConnectedX}
      title={title}
      text={text}
      action={
        retry && (
          <Button variant="default" onClick={retry}>
            {t("common.tryAgain")}
          </Button>
        )
      }
    />
  );
}
