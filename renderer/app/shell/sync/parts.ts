/** The button that opens connecting by hand, to which the panel’s own links lead. */
export const HAND_ID = 'open-by-hand';
