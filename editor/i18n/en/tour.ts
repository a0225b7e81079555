export const tour = {
  tour: { title: "Tour" },
} as const;
