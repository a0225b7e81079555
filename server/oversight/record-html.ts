import { readableHtml } from "../http/readable-html.js";
import type { ProcessingRecord } from "./record.js";

type Processing = ProcessingRecord["processings"][number];
type Recipient = ProcessingRecord["recipients"][number];

/** The same as the JSON, in the words of the article. */
export const recordHtml = ({
  controller,
  madeAt,
  processings,
  recipients,
  securityMeasures,
}: ProcessingRecord): string =>
  readableHtml("Record of processing activities (GDPR, article 30)", {
    Controller: controller,
    "As of": madeAt,
    "Processing activities": processings.map(processingWords),
    "Recipients of data": recipients.map(recipientWords),
    "Security measures": securityMeasures,
  });

const processingWords = (processing: Processing) => ({
  Name: processing.name,
  ...toldWords(processing),
  Recipients: listed(processing.recipients),
  "Transfers outside the EEA": listed([
    ...processing.transfers,
    ...processing.unplaced.map((name) => `${name}: where is not said`),
  ]),
});

const recipientWords = (recipient: Recipient) => ({
  Name: recipient.name,
  Product: recipient.product,
  ...toldWords(recipient),
});

const toldWords = (told: Processing | Recipient) => ({
  "Answered for by": told.owner ?? NOT_SAID,
  Purpose: told.purpose ?? NOT_SAID,
  "Lawful basis": told.lawfulBasis?.replaceAll("_", " ") ?? NOT_SAID,
  "Categories of people": listed(told.dataSubjects, NOT_SAID),
  "Categories of data": listed(told.dataClasses, NOT_SAID),
  "Where data goes": [told.place.region, told.place.place].filter((word) => word !== null).join(", ") || NOT_SAID,
  "Agreement with the processor": agreementWords(told),
  "Time limits for erasure": told.retention ?? NOT_SAID,
});

const agreementWords = ({ place: { agreement, agreementOn, agreementReference } }: Processing | Recipient): string =>
  [agreement ?? NOT_SAID, agreementOn, agreementReference].filter((word) => word !== null).join(", ");

const NOT_SAID = "not said";

const listed = (words: readonly string[], none = "none"): string => (words.length === 0 ? none : words.join(", "));
