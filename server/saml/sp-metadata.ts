import type { OwnAddresses } from "./saml-addresses.js";
import { BINDINGS, NAMESPACES } from "./xml/names.js";
import { element } from "./xml/write-xml.js";

/** What providers read of us: where answers go, and that assertions have to be signed. Our requests are not. */
export const spMetadata = ({ entityId, acsUrl }: OwnAddresses): string =>
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  element(
    "md:EntityDescriptor",
    { "xmlns:md": NAMESPACES.md, entityID: entityId },
    element(
      "md:SPSSODescriptor",
      {
        protocolSupportEnumeration: NAMESPACES.samlp,
        ...{ AuthnRequestsSigned: "false", WantAssertionsSigned: "true" },
      },
      element("md:AssertionConsumerService", {
        ...{ Binding: BINDINGS.post, Location: acsUrl, index: "0", isDefault: "true" },
      }),
    ),
  );
