export { CertaintyBadge, CertaintyView } from './certainty-view';
export { type Said, useClauseComments } from './use-clause-comments';
export { placeOf, useDiscussion } from './use-discussion';
export { usePageDecisions } from './use-page-decisions';
export { useProtocolCertainties } from './use-protocol-certainties';
