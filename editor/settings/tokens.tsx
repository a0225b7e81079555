import { Button, Modal } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TokenView } from "../../server/members/token-api.js";
import { queries } from "../api/queries.js";
import { ListTable } from "../ui/list-table.js";
import { Listed } from "../ui/listed.js";
import { Notice } from "../ui/notice.js";
import { Part } from "../ui/part.js";
import { NewToken } from "./new-token.js";
import { TokenRow } from "./token-row.js";

export function Tokens() {
  const { t } = useTranslation();
  const [isNew, setNew] = useState(false);
  const query = useQuery(queries.tokens());
  return (
    <Part
      title={t("tokens.title")}
      text={t("tokens.text")}
      action={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setNew(true)}>
          {t("tokens.new")}
        </Button>
      }
    >
      <div className="lw-card">
        <Listed query={query} nothing={<Notice icon={IconKey} title={t("tokens.none")} text={t("tokens.noneText")} />}>
          {(items) => <TokenTable items={items} />}
        </Listed>
      </div>
      <Modal opened={isNew} onClose={() => setNew(false)} title={t("tokens.new")}>
        <NewToken onDone={() => setNew(false)} />
      </Modal>
    </Part>
  );
}

function TokenTable({ items }: { readonly items: readonly TokenView[] }) {
  const { t } = useTranslation();
  return (
    <ListTable
      minWidth={640}
      headings={[t("tokens.name"), t("tokens.may"), t("tokens.created"), t("tokens.lastUsed"), t("tokens.expires"), ""]}
    >
      {items.map((token) => (
        <TokenRow key={token.id} token={token} />
      ))}
    </ListTable>
  );
}
