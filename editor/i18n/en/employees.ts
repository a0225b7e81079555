/** What employees say, which is shown in groups only. */
export const employees = {
  employees: {
    groupOf: "One of at least {{count}} employees",
    reviewOf: "One of at least {{count}} reviews",
    withheld: "What employees said is shown in groups",
    withheldText:
      "It appears once at least {{count}} of them have said something, all of it at once and without names. Else one could tell who said what.",
    missing: {
      most: "{{source}}: most of them are still missing",
      few: "{{source}}: a few are still missing",
    },
    relation: {
      self: "by themselves",
      manager: "by managers",
      peer: "by peers",
      report: "by direct reports",
      other: "by others",
    },
    someone: "An employee",
    notWithRun: "What employees said is shown under Feedback, in groups. Beside a run one could tell who it was.",
    title: "What employees say",
    least: "Shown from so many people on",
    leastText:
      "Fewer answers stay hidden until there are enough. The number holds for groups that form from then on; what is shown already stays.",
    saved: "Answers of employees are now shown from {{count}} people on",
  },
} as const;
