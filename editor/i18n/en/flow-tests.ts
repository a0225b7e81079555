export const flowTests = {
  flowTest: {
    save: "Save as a test",
    name: "Name of the test",
    saveText:
      "What this try does is expected whenever the flow is published. Of what somebody said neither the person nor their words are kept: others stand in for them.",
    saved: "The test “{{name}}” is kept.",
    failed_one: "{{count}} test of this flow fails",
    failed_other: "{{count}} tests of this flow fail",
    reason: "Why it is published all the same",
    reasonText: "The reason stands with the version.",
    override: "Publish all the same",
    difference: {
      starts: "The flow starts, and did not before.",
      startsNot: "The flow does not start any more.",
      outcome: "The end was “{{was}}”, is “{{is}}”.",
      reached: "Step {{step}} is reached, and was not before.",
      notReached: "Step {{step}} is not reached any more.",
      way: "Step {{step}} left by “{{was}}”, leaves by “{{is}}”.",
      sent: "Step {{step}} sends something, and did not before.",
      notSent: "Step {{step}} sends nothing any more.",
      request: "Step {{step}}: {{field}} was “{{was}}”, is “{{is}}”.",
    },
  },
};
