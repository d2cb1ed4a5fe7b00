export { CertaintyBadge, CertaintyView } from './certainty-view';
export { mentionsOf, useMentionedInAdopted, useMentionedInOpen } from './use-mentions';
export { useProtocolCertainties } from './use-protocol-certainties';
