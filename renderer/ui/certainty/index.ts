export { CertaintyBadge, CertaintyView } from './certainty-view';
export { placeOf, useDiscussion } from './use-discussion';
export { usePageDecisions } from './use-page-decisions';
export { useProtocolCertainties } from './use-protocol-certainties';
