import { Stack, Title } from "@mantine/core";
import { IconMoodCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Me } from "../../server/members/member-api.js";
import { queries } from "../api/queries.js";
import { TourPart } from "../tour/tour-part.js";
import { useTour } from "../tour/use-tour.js";
import { RowsSkeleton } from "../ui/loading.js";
import { ErrorNotice, Notice } from "../ui/notice.js";
import { Page } from "../ui/page.js";
import { useAttention } from "./attention.js";
import { AttentionRow } from "./attention-row.js";
import { FirstSteps } from "./first-steps.js";
import { HomeFlows } from "./home-flows.js";
import { LatestRuns } from "./latest-runs.js";
import { LoopStrip } from "./loop-strip.js";
import "./home.css";

export function HomePage() {
  const { t } = useTranslation();
  return (
    <Page title={t("nav.home")}>
      <Stack gap="lg">
        <LoopStrip />
        <section aria-labelledby="needs">
          <Title order={2} id="needs" mb={10}>
            {t("home.needs")}
          </Title>
          <div className="lw-card">
            <Needs />
          </div>
        </section>
        <Beginning />
        <div className="lw-home-pair">
          <HomeFlows />
          <LatestRuns />
        </div>
      </Stack>
    </Page>
  );
}

/** The tour of the sandbox; without it, what a real loop begins with. */
function Beginning() {
  const me = useQuery(queries.me()).data;
  return me ? <TourOrSteps me={me} /> : null;
}

function TourOrSteps({ me }: { readonly me: Me }) {
  const tour = useTour(me);
  return tour ? <TourPart me={me} tour={tour} /> : <FirstSteps />;
}

function Needs() {
  const { t } = useTranslation();
  const { items, error, isLoading, retry } = useAttention();
  if (error && items.length === 0) return <ErrorNotice error={error} retry={retry} />;
  if (isLoading && items.length === 0) return <RowsSkeleton rows={4} />;
  if (items.length === 0) return <Notice icon={IconMoodCheck} title={t("home.nothing")} text={t("home.nothingText")} />;
  return (
    <ul className="lw-needs">
      {items.map((item) => (
        <AttentionRow key={`${item.kind}-${item.id}`} item={item} />
      ))}
    </ul>
  );
}
