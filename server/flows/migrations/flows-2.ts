export const flows2 = `
-- The member behind the last change of the draft, also when a token of theirs made it; null: the command line of the machine.
alter table flow add column draft_hand uuid;
update flow set draft_hand = draft_saved_by;
`;
