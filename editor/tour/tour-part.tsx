import { Button, Group, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Me } from "../../server/members/member-api.js";
import { TourList } from "./tour-list.js";
import { tourSteps } from "./tour-steps.js";
import type { Tour } from "./use-tour.js";

/** The tour as it stands on Home. */
export function TourPart({ me, tour }: { readonly me: Me; readonly tour: Tour }) {
  const { t } = useTranslation();
  const isOver = tour.done.size === tourSteps.length;
  return (
    <section aria-labelledby="tour">
      <Group justify="space-between" align="baseline" mb={10}>
        <Title order={2} id="tour">
          {t(isOver ? "tour.over" : "tour.title")}
        </Title>
        <Group gap="sm">
          <Text fz="sm" c="dimmed">
            {t("tour.count", { done: tour.done.size, all: tourSteps.length })}
          </Text>
          <Button variant="subtle" size="compact-sm" onClick={tour.store.dismiss}>
            {t("tour.dismiss")}
          </Button>
        </Group>
      </Group>
      <div className="lw-card">
        <TourList me={me} tour={tour} />
      </div>
    </section>
  );
}
