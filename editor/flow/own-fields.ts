/** What every step has beside its form, as the inspector names it; no field of a form can be called so. */
export const NAME_FIELD = "@name";
export const COMMENT_FIELD = "@comment";
