import { Button, Group, Paper } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { accountSchema, secondFactorSchema } from "../../server/members/account-api.js";
import type { Account } from "../../server/members/account-api.js";
import { useChange } from "../api/change.js";
import { Hint } from "../ui/hint.js";
import { Part } from "../ui/part.js";
import { StateMark } from "../ui/state-mark.js";
import { CodeForm } from "./code-form.js";
import { SetUp } from "./set-up.js";

export function SecondFactor({ account: { hasPassword, hasSecondFactor, byLink } }: { readonly account: Account }) {
  const { t } = useTranslation();
  const off = hasPassword ? <Off /> : <Hint tone="waiting">{t("secondFactor.passwordFirst")}</Hint>;
  return (
    <Part title={t("secondFactor.title")} text={t("secondFactor.text")}>
      <Paper p="lg" className="lw-card">
        {hasSecondFactor ? <On byLink={byLink} /> : off}
      </Paper>
    </Part>
  );
}

function Off() {
  const { t } = useTranslation();
  const begin = useChange({
    schema: secondFactorSchema,
    call: () => ({ path: "/api/account/second-factor" }),
    renews: [],
  });
  if (begin.data) return <SetUp secondFactor={begin.data} onCancel={() => begin.reset()} />;
  return (
    <Group justify="space-between">
      <StateMark state="skipped" word={t("secondFactor.off")} />
      <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate(undefined)}>
        {t("secondFactor.turnOn")}
      </Button>
    </Group>
  );
}

/** Who came by a link may have lost their codes: they are asked for none. */
function On({ byLink }: { readonly byLink: boolean }) {
  const { t } = useTranslation();
  const remove = useChange({
    schema: accountSchema,
    call: () => ({ path: "/api/account/second-factor/remove", body: {} }),
    renews: ["account", "member"],
  });
  const [isLeaving, { open, close }] = useDisclosure(false);
  if (isLeaving) {
    return <CodeForm path="/api/account/second-factor/remove" confirm={t("secondFactor.turnOff")} onCancel={close} />;
  }
  return (
    <Group justify="space-between">
      <StateMark state="active" word={t("secondFactor.on")} />
      <Button variant="default" loading={remove.isPending} onClick={byLink ? () => remove.mutate(undefined) : open}>
        {t("secondFactor.turnOff")}
      </Button>
    </Group>
  );
}
