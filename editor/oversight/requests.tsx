import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMessagePlus, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";
import { Notice } from "../ui/notice.js";
import { Older } from "../ui/older.js";
import { AskForm } from "./ask-form.js";
import { RequestCard } from "./request-card.js";

/** Tools that somebody asked for: one's own, or all of them for whoever decides. */
export function Requests() {
  const { t } = useTranslation();
  const [isAsking, { open, close }] = useDisclosure(false);
  const query = useInfiniteQuery(queries.toolRequests());
  return (
    <Stack>
      <Group justify="space-between">
        <Text fz="sm" c="dimmed" maw={620}>
          {t("oversight.requestsText")}
        </Text>
        <Button leftSection={<IconPlus size={16} />} onClick={open}>
          {t("oversight.ask")}
        </Button>
      </Group>
      <Loaded query={query}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <div className="lw-card">
              <Notice icon={IconMessagePlus} title={t("oversight.noRequests")} text={t("oversight.noRequestsText")} />
            </div>
          ) : (
            items.map((request) => <RequestCard key={request.id} request={request} />)
          );
        }}
      </Loaded>
      <Older query={query} />
      <Modal opened={isAsking} onClose={close} title={t("oversight.ask")} size="lg" closeOnClickOutside={false}>
        <AskForm onDone={close} />
      </Modal>
    </Stack>
  );
}
