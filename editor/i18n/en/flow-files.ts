export const flowFiles = {
  flowFile: {
    export: "Export as a file",
    import: "Import a flow",
    importText:
      "A flow that was exported here or elsewhere becomes a new draft. What runs, and every other flow, stays as it is.",
    choose: "Choose a file",
    text: "Or paste its text",
    take: "Import",
    refused: "This file was not imported",
    at: "Line {{line}}, column {{column}}:",
    imported: "“{{name}}” is here as a draft.",
    missing_one: "One thing that it names is to be chosen here",
    missing_other: "{{count}} things that it names are to be chosen here",
    connection: {
      unknown: "No connection here is called “{{name}}”.",
      several: "Several connections here are called “{{name}}”.",
    },
    source: {
      unknown: "No source here is called “{{name}}”.",
      several: "Several sources here are called “{{name}}”.",
    },
    open: "Open the draft",
  },
  fileProblem: {
    not_yaml: "This is not YAML: {{reason}}.",
    cut_off: "The file is cut off: its last line is not “...”. If nothing is missing, add that line.",
    alias: "A flow file has no aliases (“*name”). Write out what stands for it.",
    not_kept: "This file holds what a flow cannot: {{reason}} Take it out, and import the file again.",
    no_schema: "This is no flow file: it does not begin with “schema: 1”.",
    newer_schema:
      "This file has schema {{schema}}, and this Loopwright reads schema {{known}}. Bring Loopwright up to date, and import it then.",
    too_many_steps: "This flow has {{count}} steps, and a flow has at most {{max}}. Make two flows of it.",
    too_many_ways:
      "The steps of this flow lead on in {{count}} ways, and those of a flow lead on in at most {{max}}. Make two flows of it.",
    unknown_word: "“{{key}}” means nothing here. Is it a slip of the pen?",
    wrong_shape: "“{{where}}” is not as it should be: {{reason}}.",
    unknown_step: "“{{from}}” leads to “{{to}}”, which is not in this file.",
    cycle: "These steps lead back to where they began: {{way}}. Runs only go forward.",
  },
} as const;
