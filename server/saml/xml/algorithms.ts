/** XML Signature's names for what is taken: RSA with SHA-2. SHA-1, and keys that both sides share (HMAC), are not. */
export const SIGNATURES = [
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
  "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
] as const;

export const DIGESTS = [
  "http://www.w3.org/2001/04/xmlenc#sha256",
  "http://www.w3.org/2001/04/xmlenc#sha512",
] as const;

export const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
/** Leaves comments out; there are none anyway. */
export const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
