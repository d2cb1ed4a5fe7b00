export { Finality, FinalityIcon, type Sealed } from './finality';
export { NextSealWords } from './next-seal-words';
export { Proof } from './proof';
