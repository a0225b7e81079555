/** Equal for addresses that a person would call the same; blind indexes are made of it. */
export const normaliseEmail = (email: string): string => email.normalize("NFKC").trim().toLowerCase();
