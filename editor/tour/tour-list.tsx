import { Anchor, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Me } from "../../server/members/member-api.js";
import { queries } from "../api/queries.js";
import { LinkAnchor } from "../ui/links.js";
import { tourSteps, type TourStep } from "./tour-steps.js";
import type { Tour } from "./use-tour.js";
import "./tour.css";

interface Props {
  readonly me: Me;
  readonly tour: Tour;
}

/** The five steps; each leads to where it is done. */
export function TourList({ me, tour }: Props) {
  const { t } = useTranslation();
  return (
    <ol className="lw-tour">
      {tourSteps.map((step) => {
        const isDone = tour.done.has(step);
        const Mark = isDone ? IconCircleCheck : IconCircleDashed;
        return (
          <li key={step} data-done={isDone}>
            <Mark size={20} stroke={1.7} role="img" aria-label={t(isDone ? "tour.done" : "tour.open")} />
            <span>
              <Where step={step} me={me} tour={tour} />
              <Text fz="sm" c="dimmed">
                {t(`tour.text.${step}`)}
              </Text>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

type Place = Props & { readonly step: TourStep };

function Where(place: Place) {
  const { t } = useTranslation();
  const { step, me } = place;
  if (step === "sample") return <ToSource />;
  if (step === "publish") return <ToOwnFlow {...place} />;
  const words = t(`tour.step.${step}`);
  if (step !== "approve")
    return (
      <LinkAnchor to={step === "run" ? "/runs" : "/flows"} fw={600}>
        {words}
      </LinkAnchor>
    );
  return (
    <Anchor href={me.sandboxUrl ?? "/approvals"} target="_blank" rel="noreferrer" fw={600}>
      {words}
    </Anchor>
  );
}

function ToSource() {
  const { t } = useTranslation();
  const id = useQuery(queries.sources()).data?.items[0]?.id;
  return (
    <LinkAnchor to={id === undefined ? "/sources" : "/sources/$id"} params={{ id: id ?? "" }} fw={600}>
      {t("tour.step.sample")}
    </LinkAnchor>
  );
}

function ToOwnFlow({ tour: { drawnId } }: Place) {
  const { t } = useTranslation();
  return (
    <LinkAnchor to={drawnId === null ? "/flows" : "/flows/$id"} params={{ id: drawnId ?? "" }} fw={600}>
      {t("tour.step.publish")}
    </LinkAnchor>
  );
}
