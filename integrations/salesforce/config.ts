import { z } from "zod";

/** A host that only this machine or its own network can answer: plain http is refused anywhere else, because tokens would be readable. */
const isLocalHost = (hostname: string): boolean =>
  ["127.0.0.1", "localhost", "[::1]"].includes(hostname) || !/[.:]/.test(hostname);

const address = z.url({ protocol: /^https?$/ }).refine(
  (value) => {
    const url = new URL(value);
    return url.protocol === "https:" || isLocalHost(url.hostname);
  },
  { message: "must begin with https://" },
);

/** Loose, because the facts found by the check travel with the configuration. */
export const salesforceConfigSchema = z.looseObject({
  loginUrl: address.meta({
    title: "My Domain address",
    description: "For example https://acme.my.salesforce.com; the JWT grant also takes https://login.salesforce.com",
  }),
  instanceUrl: address.optional().meta({
    title: "Instance address",
    description: "Only when it differs from the address above",
    advanced: true,
  }),
  apiVersion: z
    .string()
    .regex(/^\d{2}\.0$/, "looks like 62.0")
    .default("62.0")
    .meta({ title: "API version", advanced: true }),
  grant: z.enum(["client_credentials", "jwt"]).meta({ title: "How Loopwright signs in" }),
  clientId: z.string().min(1).meta({ title: "Consumer key", description: "Of the external client app" }),
  username: z.string().optional().meta({ title: "User name", description: "JWT only: the user to act as" }),
});

export const salesforceSecretSchema = z.object({
  clientSecret: z.string().min(1).optional().meta({ title: "Consumer secret", description: "Client credentials only" }),
  privateKey: z.string().min(1).optional().meta({
    title: "Private key",
    description: "JWT only: the PEM whose certificate the client app holds",
    multiline: true,
  }),
});

export type SalesforceConfig = z.infer<typeof salesforceConfigSchema>;
export type SalesforceSecret = z.infer<typeof salesforceSecretSchema>;

export function salesforceHosts({ loginUrl, instanceUrl }: SalesforceConfig): string[] {
  const addresses = instanceUrl === undefined ? [loginUrl] : [loginUrl, instanceUrl];
  return [...new Set(addresses.map((address) => new URL(address).host))];
}
