import { lazy } from 'react';

export { AgreementRoutes } from './agreement-routes';
export { Contradictions } from './contradictions';
export { ParameterSentences } from './parameter-sentences';
export { UnitField, AmountField } from './parameters/fields';
export { ParametersForm, hasParameters } from './parameters/parameters-form';
export { ParametersDiff, ProtocolsDiff } from './protocols-diff';
export { type ReadableProtocol, useReadable } from './readable';
export { ruleSentence } from './sentences';
export { ThinkAbout } from './think-about';
export { namesIn, useWords } from './use-words';

/** Loaded when it is first shown, with what reads the shared draft. */
export const DraftChanges = lazy(() => import('./draft/draft-changes'));
