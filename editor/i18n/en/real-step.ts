export const realStep = {
  realStep: {
    open: "Do this step for real…",
    title: "Do this step for real?",
    sandbox: "This is the sandbox: nothing outside this machine is touched.",
    lasting: "It is not undone: what is made stays until somebody removes it there.",
    pinned: "The answer is pinned as what this step puts out, so that later steps read it.",
    unsaved:
      "What is on the screen could not be saved, so nothing was done. Look at what stands beside the flow's name, then press again.",
    done: "Done for real",
    toRun: "Open its run",
    asked: "Asked for. Its run says how far it is.",
    readsExample:
      "It reads what {{steps}} would answer, and that is an example. Pin what that step answers, or do it for real first.",
    named: "“{{name}}”",
    takenApproved: "Nobody was asked at {{steps}}: on the way here it is taken as approved.",
    sent: "Only what was done for real was sent",
    do: {
      message: "Post the message in {{system}}",
      issue: "Create the issue in {{system}}",
      comment: "Add the comment in {{system}}",
      task: "Create the task in {{system}}",
      note: "Create the note in {{system}}",
      case: "Create the case in {{system}}",
      contact: "Change the contact in {{system}}",
      request: "Send the request",
      other: "Do it in {{system}}",
    },
  },
};
