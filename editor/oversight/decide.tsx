import { Button, Group, Modal, Select, Stack, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { requestSchema, type ToolRequest } from "../../server/oversight/request-api.js";
import { useChange } from "../api/change.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";

interface Props {
  readonly request: ToolRequest;
}

/** What whoever decides can do about it now. */
export function Decide({ request }: Props) {
  const { t } = useTranslation();
  const mayDecide = useMay()("oversight:manage");
  const me = useQuery(queries.me()).data?.member.id;
  if (!mayDecide) return null;
  if (request.state === "approved") return <LinkIt request={request} />;
  if (request.state !== "open") return null;
  if (request.askedBy === me)
    return (
      <Text fz={12} c="dimmed">
        {t("oversight.notYourOwn")}
      </Text>
    );
  return <OpenRequest request={request} />;
}

const useStep = (request: ToolRequest, step: "approve" | "decline" | "link") =>
  useChange({
    schema: requestSchema,
    call: (body: Readonly<Record<string, string>>) => ({
      path: `/api/oversight/requests/${request.id}/${step}`,
      ...(step !== "approve" && { body }),
    }),
    renews: ["oversight"],
  });

function OpenRequest({ request }: Props) {
  const { t } = useTranslation();
  const [isDeclining, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState("");
  const approve = useStep(request, "approve");
  const decline = useStep(request, "decline");
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    decline.mutate({ reason: reason.trim() }, { onSuccess: close });
  };
  return (
    <Group gap="xs" mt={4}>
      <Button size="xs" loading={approve.isPending} onClick={() => approve.mutate({})}>
        {t("oversight.approve")}
      </Button>
      <Button size="xs" variant="default" onClick={open}>
        {t("oversight.decline")}
      </Button>
      <Modal opened={isDeclining} onClose={close} title={t("oversight.declineTitle", { name: request.name })}>
        <form onSubmit={submit}>
          <Stack>
            <Textarea
              label={t("oversight.declineReason")}
              required
              maxLength={500}
              data-autofocus
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button type="submit" loading={decline.isPending}>
                {t("oversight.decline")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </Group>
  );
}

/** Once the thing is made, what was asked becomes what is said of it. */
function LinkIt({ request }: Props) {
  const { t } = useTranslation();
  const [thingId, setThingId] = useState<string | null>(null);
  const things = useQuery(queries.overseen({ kind: request.kind })).data?.items ?? [];
  const link = useStep(request, "link");
  return (
    <Group gap="xs" mt={4} align="flex-end">
      <Select
        size="xs"
        label={t("oversight.linkTo")}
        searchable
        w={{ base: "100%", xs: 260 }}
        data={things.map(({ id, name }) => ({ value: id, label: name }))}
        value={thingId}
        onChange={setThingId}
      />
      <Button
        size="xs"
        disabled={thingId === null}
        loading={link.isPending}
        onClick={() => thingId !== null && link.mutate({ thingId })}
      >
        {t("oversight.link")}
      </Button>
    </Group>
  );
}
