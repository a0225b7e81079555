import { Button, Group } from "@mantine/core";
import type { GroupProps } from "@mantine/core";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

interface Props extends Omit<GroupProps, "children"> {
  readonly query: Pick<UseInfiniteQueryResult, "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;
}

/** Reads on in a long list, as long as it goes on. */
export function Older({ query: { hasNextPage, isFetchingNextPage, fetchNextPage }, ...place }: Props) {
  const { t } = useTranslation();
  if (!hasNextPage) return null;
  return (
    <Group justify="center" {...place}>
      <Button variant="default" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {t("common.older")}
      </Button>
    </Group>
  );
}
