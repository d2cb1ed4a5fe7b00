export { Finality, FinalityBadge, FinalityIcon, type Sealed } from './finality';
export { NextSealWords } from './next-seal-words';
export { Proof } from './proof';
export { ClockNow, TimeAhead } from './time-ahead';
