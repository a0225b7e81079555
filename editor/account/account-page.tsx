import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";
import { Page } from "../ui/page.js";
import { Passkeys } from "./passkeys.js";
import { Password } from "./password.js";
import { Profile } from "./profile.js";
import { SecondFactor } from "./second-factor.js";
import { Sessions } from "./sessions.js";
import "./account.css";

export function AccountPage() {
  const { t } = useTranslation();
  const query = useQuery(queries.account());
  return (
    <Page title={t("account.title")}>
      <Loaded query={query}>
        {(account) => (
          <Stack gap="xl" maw={720}>
            <Profile account={account} />
            <Password account={account} />
            <Passkeys account={account} />
            <SecondFactor account={account} />
            <Sessions />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
