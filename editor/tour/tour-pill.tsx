import { Popover, Text, UnstyledButton } from "@mantine/core";
import { IconRoute2 } from "@tabler/icons-react";
import { useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Me } from "../../server/members/member-api.js";
import { TourList } from "./tour-list.js";
import { tourSteps } from "./tour-steps.js";
import { useTour, useTourMarks, type Tour } from "./use-tour.js";

/** Keeps the tour at hand on every page but Home, where it stands by itself. */
export function TourPill({ me }: { readonly me: Me }) {
  useTourMarks(me);
  const tour = useTour(me);
  const at = useLocation({ select: ({ pathname }) => pathname });
  // Another page, and it is closed again.
  return tour && at !== "/" ? <Pill key={at} me={me} tour={tour} /> : null;
}

function Pill({ me, tour }: { readonly me: Me; readonly tour: Tour }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const count = t("tour.count", { done: tour.done.size, all: tourSteps.length });
  return (
    <Popover opened={opened} onChange={setOpened} position="right-end" width={360} shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <UnstyledButton className="lw-nav-link lw-tour-pill" onClick={() => setOpened(!opened)}>
          <IconRoute2 size={17} stroke={1.7} aria-hidden />
          <span>{t("tour.short")}</span>
          <span className="lw-tour-count">{count}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0} pt="sm">
        <Text fw={600} px="md">
          {t("tour.title")}
        </Text>
        <TourList me={me} tour={tour} />
      </Popover.Dropdown>
    </Popover>
  );
}
