/** Why an answer of a provider, or what was pasted of it, is not taken: for the log and for admins, never with anything of a person. */
export type FailureCode =
  | "not_a_form"
  | "not_xml"
  | "document_type"
  | "too_complex"
  | "foreign_node"
  | "repeated_id"
  | "not_a_response"
  | "status"
  | "encrypted"
  | "assertions"
  | "signature_missing"
  | "signature_misplaced"
  | "signature_shape"
  | "weak_algorithm"
  | "signature_wrong"
  | "issuer"
  | "destination"
  | "in_response_to"
  | "audience"
  | "recipient"
  | "time"
  | "condition"
  | "subject"
  | "passing_name"
  | "not_metadata"
  | "no_sign_on"
  | "wants_signed_requests"
  | "certificate";

export class SamlFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, options?: ErrorOptions) {
    super(`what a SAML provider said is not taken: ${code}`, options);
    this.name = "SamlFailure";
    this.code = code;
  }
}

/** Throws where `holds` is false. */
export function must(holds: boolean, code: FailureCode): asserts holds {
  if (!holds) throw new SamlFailure(code);
}
