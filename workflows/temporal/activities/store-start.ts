/** What a schedule does at one of its times. */
export interface StartActivities {
  /** `at`: ISO, the time that was meant. Answers what became of it, for whoever looks into Temporal. The same time again is the same start. */
  storeStart(flowId: string, at: string): Promise<string>;
}
